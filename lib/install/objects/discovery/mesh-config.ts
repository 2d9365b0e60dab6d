import { type KubeObject, writeYamlValue } from '../../../manifest';
import { revisionLabels } from '../labels';
import { dropUndefined, mergeOver, valueAt, type Tree } from '../../../json';
import { kubeObject, unlessBlank, unlessEmpty } from '../object';
import { istiodName, revisionSuffix, type Discovery, type DiscoveryValues } from './discovery-values';

/** Providers that telemetry uses when no resource names one; none when the mesh configuration says which. */
function defaultProviders({ meshConfig, telemetry }: DiscoveryValues): Tree | undefined {
  const given = (meshConfig as Tree).defaultProviders;
  const isGiven = typeof given === 'object' && given !== null && Object.keys(given).length > 0;
  if (isGiven || !telemetry.enabled || !telemetry.v2.enabled) return undefined;
  const prometheus = telemetry.v2.prometheus.enabled;
  const stackdriver = telemetry.v2.stackdriver.enabled;
  if (!prometheus && !stackdriver) return undefined;
  return {
    metrics: [...(prometheus ? ['prometheus'] : []), ...(stackdriver ? ['stackdriver'] : [])],
    ...(stackdriver ? { accessLogging: ['stackdriver'] } : {}),
  };
}

/** The tracer of the bootstrap, as it was configured before the Telemetry API. */
function tracing({ global }: DiscoveryValues): Tree | undefined {
  const tracer: Tree = global.tracer;
  const setting = (name: string, fallback: unknown): unknown => {
    const value = valueAt(tracer, [global.proxy.tracer, name]);
    return value === undefined || value === '' || value === 0 || value === false ? fallback : value;
  };
  switch (global.proxy.tracer) {
    case 'lightstep':
      return { lightstep: { address: setting('address', null), accessToken: setting('accessToken', null) } };
    case 'zipkin':
      return { zipkin: { address: setting('address', `zipkin.${global.istioNamespace}:9411`) } };
    case 'datadog':
      return { datadog: { address: setting('address', '$(HOST_IP):8126') } };
    case 'stackdriver':
      return {
        stackdriver: {
          debug: setting('debug', false),
          maxNumberOfAttributes: setting('maxNumberOfAttributes', 200),
          maxNumberOfAnnotations: setting('maxNumberOfAnnotations', 200),
          maxNumberOfMessageEvents: setting('maxNumberOfMessageEvents', 200),
        },
      };
    case 'none':
      return undefined;
    default:
      return {};
  }
}

function discoveryAddress({ namespace, values }: Discovery): string {
  if (values.global.remotePilotAddress === '') return `${istiodName(values)}.${namespace}.svc:15012`;
  const isLocal = values.istiodRemote.enabled && values.istiodRemote.enabledLocalInjectorIstiod;
  return `${isLocal ? 'istiod-remote' : 'istiod'}.${namespace}.svc:15012`;
}

/** The mesh configuration as istiod reads it: what the other settings say, and on top what was given as such. */
export function meshConfigOf(discovery: Discovery): Tree {
  const { values } = discovery;
  const { global, meshConfig } = values;
  const variant = unlessBlank(global.proxy.variant) ?? unlessBlank(global.variant);
  const fromSettings = dropUndefined({
    trustDomain: 'cluster.local',
    rootNamespace: unlessBlank(meshConfig.rootNamespace) ?? global.istioNamespace,
    defaultProviders: defaultProviders(values),
    defaultConfig: dropUndefined({
      meshId: unlessBlank(global.meshID),
      image: variant === undefined ? undefined : { imageType: variant },
      tracing: tracing(values),
      discoveryAddress: discoveryAddress(discovery),
    }),
  });
  return mergeOver(fromSettings, meshConfig);
}

/** The ConfigMap with the mesh configuration and the networks; istiod watches it. */
export function meshConfigMap(discovery: Discovery): KubeObject | undefined {
  const { namespace, values } = discovery;
  if (!values.configMap) return undefined;
  return kubeObject(
    'v1',
    'ConfigMap',
    { name: `istio${revisionSuffix(values)}`, namespace, labels: revisionLabels('istiod', 'Pilot', values) },
    {
      data: {
        mesh: writeYamlValue(meshConfigOf(discovery)),
        meshNetworks: writeYamlValue({ networks: unlessEmpty(values.global.meshNetworks) ?? {} }),
      },
    },
  );
}
