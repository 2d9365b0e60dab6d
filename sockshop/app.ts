import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { defaultIngressPods, IngressGateway, MeshService, type MeshServiceVersion } from '../constructs';
import { autoscale } from './autoscaling';
import { networkPolicies } from './network-policies';
import type { SockShopProps } from './props';
import { rabbitmq } from './rabbitmq';
import { FRONT_END, GO, java, QUEUE, store, WRITABLE_STORE, type Workload } from './workloads';

/** Weaveworks' Sock Shop: a shop for socks, put together from fourteen services. */
export class SockShop extends Construct {
  readonly frontEnd: MeshService<'v1' | 'v2'>;
  readonly catalogue: MeshService<'v1'>;
  readonly catalogueDb: MeshService<'v1'>;
  readonly carts: MeshService<'v1'>;
  readonly cartsDb: MeshService<'v1'>;
  readonly orders: MeshService<'v1'>;
  readonly ordersDb: MeshService<'v1'>;
  readonly payment: MeshService<'v1'>;
  readonly queueMaster: MeshService<'v1'>;
  readonly rabbitmq: MeshService<'v1'>;
  readonly sessionDb: MeshService<'v1'>;
  readonly shipping: MeshService<'v1'>;
  readonly user: MeshService<'v1'>;
  readonly userDb: MeshService<'v1'>;
  /** The way in. */
  readonly gateway: IngressGateway;

  constructor(scope: Construct, id: string, props: SockShopProps = {}) {
    super(scope, id);
    const scaled: Partial<Workload> = props.autoscaling === true ? { replicas: 'autoscaled' } : {};
    const javaProgram = java(props.zipkinHost);
    const mongo = { data: '/data/db', config: '/data/configdb' };

    /** An image from the right registry, on the right nodes. */
    const image = (name: string, workload: Workload): MeshServiceVersion => ({
      ...workload,
      image: `${props.registry ?? 'docker.io'}/${name}`,
      ...(props.amd64Only === false ? {} : { nodeSelector: { 'kubernetes.io/arch': 'amd64' } }),
    });
    const program = (name: string, v1: MeshServiceVersion): MeshService<'v1'> =>
      new MeshService(this, name, { port: 80, versions: { v1 } });
    const data = (name: string, port: number, v1: MeshServiceVersion): MeshService<'v1'> =>
      new MeshService(this, name, { port, protocol: 'tcp', versions: { v1 } });

    const frontEndV1 = image('weaveworksdemos/front-end:0.3.12', { ...FRONT_END, ...scaled });
    const { frontEndV2Image } = props;
    this.frontEnd = new MeshService<'v1' | 'v2'>(this, 'front-end', {
      port: 80,
      targetPort: 8079,
      versions: {
        v1: frontEndV1,
        v2: frontEndV2Image === undefined ? undefined : { ...frontEndV1, image: frontEndV2Image, replicas: 1 },
      },
    });
    this.sessionDb = data('session-db', 6379, image('library/redis:7.2-alpine', store({ data: '/data' })));

    this.catalogue = program(
      'catalogue',
      image('weaveworksdemos/catalogue:0.3.5', { ...GO, ...scaled, command: ['/app'], args: ['-port=80'] }),
    );
    this.catalogueDb = data(
      'catalogue-db',
      3306,
      image('weaveworksdemos/catalogue-db:0.3.0', {
        ...WRITABLE_STORE,
        emptyDirs: { data: '/var/lib/mysql' },
        env: { MYSQL_DATABASE: 'socksdb', ...this.rootPassword(props.catalogueDbSecretName) },
      }),
    );

    this.user = program(
      'user',
      image('weaveworksdemos/user:0.4.7', { ...GO, ...scaled, env: { MONGO_HOST: 'user-db:27017' } }),
    );
    this.userDb = data('user-db', 27017, image('weaveworksdemos/user-db:0.4.0', store({})));

    this.carts = program('carts', image('weaveworksdemos/carts:0.4.8', { ...javaProgram, ...scaled }));
    this.cartsDb = data('carts-db', 27017, image('library/mongo:4.4', store(mongo)));

    this.orders = program('orders', image('weaveworksdemos/orders:0.4.7', { ...javaProgram, ...scaled }));
    this.ordersDb = data('orders-db', 27017, image('library/mongo:4.4', store(mongo)));
    this.payment = program(
      'payment',
      image('weaveworksdemos/payment:0.4.3', {
        ...GO,
        ...(props.declineOver === undefined
          ? {}
          : { command: ['/app'], args: ['-port=80', `-decline=${props.declineOver}`] }),
      }),
    );
    this.shipping = program('shipping', image('weaveworksdemos/shipping:0.4.8', javaProgram));
    this.queueMaster = program('queue-master', image('weaveworksdemos/queue-master:0.3.1', javaProgram));
    this.rabbitmq = rabbitmq(this, image('library/rabbitmq:3.6.8-management', QUEUE), props.rabbitmqExporterImage);

    const { gatewaySelector: selector } = props;
    const pods = props.gatewayPods ?? (selector === undefined ? defaultIngressPods(this) : undefined);
    this.gateway = new IngressGateway(this, 'sockshop-gateway', {
      ...(selector === undefined ? {} : { selector }),
      ...(pods === undefined ? {} : { pods }),
    });
    this.gateway.expose(this.frontEnd, { hosts: props.hosts ?? ['*'] });

    if (props.autoscaling === true)
      autoscale(this, [this.frontEnd, this.catalogue, this.carts, this.orders, this.user]);
    if (props.networkPolicies === true) networkPolicies(this);
  }

  /** All fourteen. */
  get services(): readonly MeshService[] {
    return [
      ...[this.frontEnd, this.catalogue, this.carts, this.orders, this.payment, this.shipping, this.user],
      ...[this.queueMaster, this.rabbitmq, this.sessionDb, this.catalogueDb, this.cartsDb, this.ordersDb, this.userDb],
    ];
  }

  private rootPassword(secretName: string | undefined): Record<string, string | kplus.EnvValue> {
    if (secretName === undefined) return { MYSQL_RANDOM_ROOT_PASSWORD: 'yes' };
    const secret = kplus.Secret.fromSecretName(this, 'catalogue-db-secret', secretName);
    return { MYSQL_ROOT_PASSWORD: secret.envValue('password') };
  }
}
