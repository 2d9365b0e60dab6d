import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ServicePort } from '../../lib/traffic';
import { DeploymentWithoutDefaults } from './deployment-without-defaults';
import { postRender } from '../tree';
import type { MeshServiceVersion } from './mesh-service-props';

/** The service a version belongs to, as far as its pods need to know. */
export interface VersionOf {
  readonly serviceName: string;
  readonly ports: readonly ServicePort[];
  readonly serviceAccount: kplus.ServiceAccount;
}

/** The Deployment of one version of a service, made inside the service's construct. */
export function versionDeployment(
  scope: Construct,
  service: VersionOf,
  version: string,
  props: MeshServiceVersion,
): kplus.Deployment {
  const name = `${service.serviceName}-${version}`;
  const labels = { app: service.serviceName, version };
  const deployment = new DeploymentWithoutDefaults(
    scope,
    version,
    {
      metadata: { name, labels },
      podMetadata: {
        labels: { ...props.podLabels, ...labels },
        ...(props.podAnnotations === undefined ? {} : { annotations: props.podAnnotations }),
      },
      ...(props.replicas === 'autoscaled' ? {} : { replicas: props.replicas ?? 1 }),
      serviceAccount: service.serviceAccount as kplus.IServiceAccount,
      automountServiceAccountToken: true,
      securityContext: { ensureNonRoot: false, ...props.podSecurityContext },
      containers: [containerProps(service, props)],
    },
    labels,
  );
  for (const [volume, mount] of Object.entries(props.emptyDirs ?? {})) {
    const [path, options] =
      typeof mount === 'string' ? [mount, {}] : [mount.path, { medium: kplus.EmptyDirMedium.MEMORY }];
    deployment.containers[0]?.mount(path, kplus.Volume.fromEmptyDir(scope, `${version}-${volume}`, volume, options));
  }
  for (const [name, path] of Object.entries(props.configMaps ?? {})) {
    const map = kplus.ConfigMap.fromConfigMapName(scope, `${version}-${name}`, name);
    deployment.containers[0]?.mount(path, kplus.Volume.fromConfigMap(scope, `${version}-${name}-files`, map, { name }));
  }
  ApiObject.of(deployment).addJsonPatch(...podPatches(props));
  if (props.replicas === 'autoscaled') postRender(deployment, withoutReplicas);
  return deployment;
}

/** The ports of the pods. Several ports of a Service may lead to one; it stands under the name of the first. */
function containerPorts(ports: readonly ServicePort[]): kplus.ContainerPort[] {
  const found: kplus.ContainerPort[] = [];
  for (const { name, port, targetPort, protocol: spoken } of ports) {
    const number = targetPort ?? port;
    const protocol = spoken === 'udp' ? { protocol: kplus.Protocol.UDP } : {};
    const isThere = found.some(
      (one) => one.name === name || (one.number === number && one.protocol === protocol.protocol),
    );
    if (!isThere) found.push({ name, number, ...protocol });
  }
  return found;
}

function containerProps(service: VersionOf, props: MeshServiceVersion): kplus.ContainerProps {
  const env = Object.entries(props.env ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? kplus.EnvValue.fromValue(value) : value,
  ]);
  const { command, args, readiness, liveness, startup } = props;
  return {
    name: service.serviceName,
    image: props.image,
    imagePullPolicy: props.imagePullPolicy ?? kplus.ImagePullPolicy.IF_NOT_PRESENT,
    ports: containerPorts(service.ports),
    resources: props.resources ?? {},
    securityContext: {
      ensureNonRoot: false,
      readOnlyRootFilesystem: false,
      allowPrivilegeEscalation: true,
      ...props.securityContext,
    },
    ...(env.length > 0 ? { envVariables: Object.fromEntries(env) as Record<string, kplus.EnvValue> } : {}),
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args === undefined ? {} : { args: [...args] }),
    ...(readiness === undefined ? {} : { readiness }),
    ...(liveness === undefined ? {} : { liveness }),
    ...(startup === undefined ? {} : { startup }),
  };
}

function withoutReplicas(object: Record<string, unknown>): Record<string, unknown> {
  const { replicas: _, ...spec } = object['spec'] as Record<string, unknown>;
  return { ...object, spec };
}

/** What cdk8s-plus has no props for, as patches of the Deployment. */
function podPatches(props: MeshServiceVersion): JsonPatch[] {
  const pod = '/spec/template/spec';
  const { capabilities, seccompProfile, sysctls, nodeSelector } = props;
  return [
    ...(capabilities === undefined
      ? []
      : [JsonPatch.add(`${pod}/containers/0/securityContext/capabilities`, capabilities)]),
    ...(seccompProfile === undefined
      ? []
      : [JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: seccompProfile })]),
    ...(sysctls === undefined
      ? []
      : [
          JsonPatch.add(
            `${pod}/securityContext/sysctls`,
            Object.entries(sysctls).map(([name, value]) => ({ name, value })),
          ),
        ]),
    ...(nodeSelector === undefined ? [] : [JsonPatch.add(`${pod}/nodeSelector`, nodeSelector)]),
  ];
}
