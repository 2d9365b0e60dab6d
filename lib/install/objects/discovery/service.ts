import { dropUndefined } from '../../../json';
import type { KubeObject } from '../../../manifest';
import { commonLabels, revisionLabels } from '../labels';
import { kubeObject, textsOf, unlessBlank, unlessEmpty } from '../object';
import { istiodName, podSelector, revisionName, type Discovery } from './discovery-values';

const PORTS = [
  { port: 15010, name: 'grpc-xds', protocol: 'TCP' },
  { port: 15012, name: 'https-dns', protocol: 'TCP' },
  { port: 443, name: 'https-webhook', targetPort: 15017, protocol: 'TCP' },
  { port: 15014, name: 'http-monitoring', protocol: 'TCP' },
] as const;

function serviceOf(discovery: Discovery, name: string, labels: Readonly<Record<string, string>>): KubeObject {
  const { namespace, values } = discovery;
  return kubeObject(
    'v1',
    'Service',
    {
      name,
      namespace,
      labels: { ...revisionLabels('istiod', 'Pilot', values), app: 'istiod', istio: 'pilot', ...labels },
      annotations: unlessEmpty(textsOf(values.serviceAnnotations)),
    },
    {
      spec: dropUndefined({
        ports: PORTS,
        selector: podSelector(values),
        ipFamilyPolicy: unlessBlank(values.ipFamilyPolicy),
        ipFamilies: unlessEmpty(values.ipFamilies),
        trafficDistribution: unlessBlank(values.trafficDistribution),
      }),
    },
  );
}

/** Where proxies and the API server find istiod. */
export function istiodService(discovery: Discovery): KubeObject {
  return serviceOf(discovery, istiodName(discovery.values), {});
}

/** A second name of the revision's Service that moves with a tag. */
export function tagService(discovery: Discovery, tag: string): KubeObject {
  return serviceOf(discovery, `istiod-revision-tag-${tag}`, { 'istio.io/tag': tag });
}

const IPV4 = /^([0-9]*\.){3}[0-9]*$/;
const IPV6 = /^([0-9a-fA-F]*:)+[0-9a-fA-F]*$/;

/** The Service, and for an address its endpoints, that stand for a control plane in another cluster. */
export function remoteService({ namespace, values }: Discovery): KubeObject[] {
  const { remotePilotAddress: address, ipFamilyPolicy, ipFamilies } = values.global;
  if (address === '' || !values.istiodRemote.enabled) return [];
  const name = `${istiodName(values)}${values.istiodRemote.enabledLocalInjectorIstiod ? '-remote' : ''}`;
  const isIp = IPV4.test(address) || IPV6.test(address);
  const service = kubeObject(
    'v1',
    'Service',
    { name, namespace, labels: { ...commonLabels('istiod'), 'istio.io/rev': revisionName(values) } },
    {
      spec: dropUndefined({
        ports: [
          { port: 15012, name: 'tcp-istiod', protocol: 'TCP' },
          { port: 443, targetPort: 15017, name: 'tcp-webhook', protocol: 'TCP' },
        ],
        type: isIp ? undefined : 'ExternalName',
        externalName: isIp ? undefined : address,
        ipFamilyPolicy: unlessBlank(ipFamilyPolicy),
        ipFamilies: unlessEmpty(ipFamilies),
      }),
    },
  );
  if (!isIp) return [service];
  const slice = kubeObject(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    {
      name,
      namespace,
      labels: {
        ...commonLabels('istiod'),
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'Helm',
      },
    },
    {
      addressType: IPV4.test(address) ? 'IPv4' : 'IPv6',
      endpoints: [{ addresses: [address] }],
      ports: [
        { port: 15012, name: 'tcp-istiod', protocol: 'TCP' },
        { port: 15017, name: 'tcp-webhook', protocol: 'TCP' },
      ],
    },
  );
  return [service, slice];
}

/** Lets the API server, proxies and metrics scrapers reach istiod, and istiod anything. */
export function istiodNetworkPolicy({ namespace, values }: Discovery): KubeObject | undefined {
  if (!values.global.networkPolicy.enabled) return undefined;
  const from = (...ports: readonly number[]): Readonly<Record<string, unknown>> => ({
    ports: ports.map((port) => ({ protocol: 'TCP', port })),
  });
  return kubeObject(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    {
      name: istiodName(values),
      namespace,
      labels: { ...revisionLabels('istiod', 'Pilot', values), app: 'istiod', istio: 'pilot' },
    },
    {
      spec: {
        podSelector: { matchLabels: { app: 'istiod', 'istio.io/rev': revisionName(values) } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [from(15017), from(15010, 15011, 15012, 8080, 15014)],
        egress: [{}],
      },
    },
  );
}
