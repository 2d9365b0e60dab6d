import type { ExistingGatewayPods } from '../constructs';
/** Properties of {@link SockShop}. */
export interface SockShopProps {
  /**
   * Registry the images come from; all of them are kept under their Docker Hub names.
   *
   * @default 'docker.io'
   */
  readonly registry?: string;
  /**
   * Image of a second version of the front end; there is no official one.
   *
   * @default - none; the front end has one version
   */
  readonly frontEndV2Image?: string;
  /**
   * Host names of the shop.
   *
   * @default - every host name
   */
  readonly hosts?: readonly string[];
  /**
   * Labels of the gateway pods that let customers in.
   *
   * @default - those of the mesh's ingress gateway
   */
  readonly gatewaySelector?: Readonly<Record<string, string>>;
  /**
   * Where the gateway's pods run, as which account and on which ports, for policies.
   *
   * @default - what the mesh says of its gateways, else the ingress gateway of Istio's default profile; not known with `gatewaySelector`
   */
  readonly gatewayPods?: ExistingGatewayPods;
  /**
   * Orders above this amount are declined, shipping of 4.99 included.
   *
   * @default 100
   */
  readonly declineOver?: number;
  /**
   * Host of a Zipkin collector for the Java services: `zipkin.istio-system.svc.cluster.local`.
   *
   * @default - tracing by the programs themselves is off; the proxies still trace
   */
  readonly zipkinHost?: string;
  /**
   * Whether pods must run on amd64 nodes: the images, built in 2017 and 2018, exist for nothing else.
   *
   * @default true
   */
  readonly amd64Only?: boolean;
  /**
   * Whether the services that customers feel scale with their CPU, from 1 to 10 pods.
   *
   * @default false
   */
  readonly autoscaling?: boolean;
  /**
   * Whether network policies allow the calls of the call graph and no others.
   *
   * @default false
   */
  readonly networkPolicies?: boolean;
  /**
   * A Secret with the MySQL root password under the key `password`.
   *
   * @default - MySQL makes a random one; the shop never logs in as root
   */
  readonly catalogueDbSecretName?: string;
  /**
   * Image of the RabbitMQ metrics exporter, which runs beside the queue: `docker.io/kbudde/rabbitmq-exporter:1.0.0`.
   *
   * @default - none
   */
  readonly rabbitmqExporterImage?: string;
}
