import type { DestinationRuleSpec, HTTPRoute, VirtualServiceSpec } from '../../lib/api';
import {
  isHttp,
  lowerExposures,
  lowerVirtualService,
  planRoutes,
  PROTOCOLS,
  type Contribution,
  type Host,
  type MatchConditions,
  type RoutePolicy,
  type ServicePort,
  type WeightedVersion,
} from '../../lib/traffic';
import { clusterPolicy, outcomeOf, type TestRequest } from '../lib/traffic/request-outcome';
import {
  hasRoutingRecords,
  routingRecords,
  type RecordedObject,
  type RecordedRequest,
  type RoutingRecord,
} from './routing-records';

const describeOracle = hasRoutingRecords ? describe : describe.skip;
const records = hasRoutingRecords ? routingRecords() : [];

const namespaceOf = (record: RoutingRecord, object: RecordedObject): string =>
  object.metadata.namespace ?? record.defaultNamespace;

const fqdn = (name: string, namespace: string): string =>
  name.includes('.') ? name : `${name}.${namespace}.svc.cluster.local`;

/** The hosts of a record as the library describes them: Services with their ports, subsets as versions. */
function hostOf(record: RoutingRecord, service: RecordedObject): Host {
  const namespace = namespaceOf(record, service);
  const name = fqdn(service.metadata.name, namespace);
  const ports = (service.spec?.['ports'] as { name?: string; port: number }[]).map((port): ServicePort => {
    const protocol = PROTOCOLS.find((known) => port.name === known || port.name?.startsWith(`${known}-`));
    return { name: port.name ?? `http-${port.port}`, port: port.port, protocol: protocol ?? 'http' };
  });
  const versions = record.objects
    .filter((object) => object.kind === 'DestinationRule')
    .filter((rule) => fqdn((rule.spec as unknown as DestinationRuleSpec).host, namespaceOf(record, rule)) === name)
    .flatMap((rule) => (rule.spec as unknown as DestinationRuleSpec).subsets ?? [])
    .map((subset) => ({ name: subset.name, labels: subset.labels ?? {} }));
  return { name: service.metadata.name, namespace, fqdn: name, ports, versions };
}

/** A recorded rule as contributions; undefined for what the library has no contribution for. */
function raise(rule: HTTPRoute, host: Host, namespace: string, index: number): Contribution[] | undefined {
  const { match, route, redirect, directResponse, delegate, mirrors, mirror, name, ...rest } = rule;
  if (delegate !== undefined || mirrors !== undefined || mirror !== undefined) return undefined;
  const policy = rest as RoutePolicy;
  const source = { origin: `rule ${index}`, name: name ?? `rule-${index}` };
  const total = (route ?? []).reduce((sum, { weight = 0 }) => sum + weight, 0);
  const to: WeightedVersion[] = [];
  for (const { destination, weight = 0, headers } of route ?? []) {
    const there = fqdn(destination.host, namespace);
    const share = (route ?? []).length === 1 ? 100 : (100 * weight) / total;
    if (!Number.isInteger(share)) return undefined;
    const port = destination.port?.number;
    if (there !== host.fqdn || (port !== undefined && !host.ports.some((one) => one.port === port))) return undefined;
    to.push({
      ...(destination.subset === undefined ? {} : { version: destination.subset }),
      weight: share,
      ...(headers === undefined ? {} : { headers }),
    });
  }
  if (match === undefined) {
    if (route === undefined) return undefined;
    return [
      { kind: 'default', ...source, to },
      ...(Object.keys(policy).length > 0 ? [{ kind: 'settings' as const, ...source, policy }] : []),
    ];
  }
  const action =
    redirect !== undefined
      ? { kind: 'redirect' as const, redirect }
      : directResponse !== undefined
        ? { kind: 'direct-response' as const, directResponse }
        : { kind: 'split' as const, to };
  return [{ kind: 'route', ...source, match: match as MatchConditions[], action, policy }];
}

/** The records whose meaning contributions can express, each with what we make of it. */
function rewritten(): { record: RoutingRecord; host: Host; spec: VirtualServiceSpec; recorded: VirtualServiceSpec }[] {
  return records.flatMap((record) => {
    if (record.proxy.kind !== 'sidecar') return [];
    const routes = record.objects.filter(({ kind }) => kind === 'VirtualService');
    if (record.objects.some(({ kind }) => kind === 'Sidecar')) return [];
    return record.objects.flatMap((service) => {
      if (service.kind !== 'Service') return [];
      const host = hostOf(record, service);
      const own = routes.filter((route) =>
        (route.spec as VirtualServiceSpec).hosts?.some((one) => fqdn(one, namespaceOf(record, route)) === host.fqdn),
      );
      const [only] = own;
      if (only === undefined || own.length > 1 || !host.ports.every(({ protocol }) => isHttp(protocol))) return [];
      const recorded = only.spec as VirtualServiceSpec;
      if (recorded.http === undefined || recorded.exportTo !== undefined || recorded.gateways !== undefined) return [];
      const raised = recorded.http.map((rule, index) => raise(rule, host, namespaceOf(record, only), index));
      if (raised.some((one) => one === undefined)) return [];
      if (!recorded.http.some((rule) => rule.match === undefined)) return [];
      const isAsked = record.requests.some(({ request }) => fqdn(request.host, record.proxy.namespace) === host.fqdn);
      if (!isAsked) return [];
      const { spec, issues } = lowerVirtualService(
        host,
        raised.flatMap((one) => one ?? []),
      );
      if (spec === undefined || issues.some(({ severity }) => severity === 'error')) return [];
      return [{ record, host, spec, recorded }];
    });
  });
}

/** A request to the host that reached a service: not one that was redirected to HTTPS or met no listener. */
function isComparable({ request, observed }: RecordedRequest, hostName: string): boolean {
  const seen = Object.keys(observed.destinations ?? {});
  const isFor = hostName === '*' || request.host === hostName || request.host.endsWith(hostName.replace(/^\*/, ''));
  return request.path !== undefined && request.tcp !== true && isFor && seen.length > 0 && !seen.includes('none');
}

/** The gateway records whose routes lead to one service, as that service exposed under the recorded host. */
function exposed(): { record: RoutingRecord; hostName: string; spec: VirtualServiceSpec }[] {
  return records.flatMap((record) => {
    const routes = record.objects.filter(({ kind }) => kind === 'VirtualService');
    const [only] = routes;
    if (record.proxy.kind !== 'gateway' || only === undefined || routes.length > 1) return [];
    const recorded = only.spec as VirtualServiceSpec;
    const gateway = record.objects.filter(({ kind }) => kind === 'Gateway').length === 1;
    const isOurs = recorded.hosts?.length === 1 && recorded.gateways?.length === 1 && gateway;
    if (recorded.http === undefined || !isOurs) return [];
    return record.objects.flatMap((service) => {
      if (service.kind !== 'Service' || service.metadata.name.startsWith('istio-')) return [];
      const host = hostOf(record, service);
      const raised = (recorded.http ?? []).map((rule, index) => raise(rule, host, namespaceOf(record, only), index));
      if (raised.some((one) => one === undefined)) return [];
      const contributions = raised.flatMap((one) => one ?? []);
      if (!contributions.some(({ kind }) => kind === 'default')) return [];
      const { routes: plan, issues } = planRoutes(host, contributions);
      if (issues.length > 0) return [];
      const hostName = recorded.hosts?.[0] ?? '';
      if (!record.requests.some((one) => isComparable(one, hostName))) return [];
      const exposure = { origin: 'edge', host, port: host.ports[0]?.port ?? 0, match: [], routes: plan };
      return [{ record, hostName, spec: lowerExposures(hostName, 'istio-ingress/edge', [exposure]).spec }];
    });
  });
}

describeOracle('what recorded gateways did', () => {
  const cases = exposed();

  test('some records can be said as an exposed service', () => {
    expect(cases.length).toBeGreaterThanOrEqual(2);
  });

  test.each(cases.map((one) => [one.record.id, one] as const))(
    '%s: our gateway sends every request where the recorded one did',
    (_id, { record, hostName, spec }) => {
      let compared = 0;
      for (const { request, observed } of record.requests) {
        if (!isComparable({ request, observed }, hostName)) continue;
        const seen = Object.keys(observed.destinations ?? {});
        const asked: TestRequest = {
          path: request.path ?? '/',
          method: request.method ?? 'GET',
          scheme: request.scheme ?? 'http',
          authority: request.authority ?? request.host,
          headers: request.headers ?? {},
          port: request.port,
          gateway: 'istio-ingress/edge',
        };
        compared += 1;
        expect(Object.keys(outcomeOf(spec, asked)?.clusters ?? {})).toEqual(expect.arrayContaining(seen));
      }
      expect(compared).toBeGreaterThan(0);
    },
  );
});

describeOracle('what recorded proxies did', () => {
  const cases = rewritten();

  test('enough records can be said in contributions to mean something', () => {
    expect(cases.length).toBeGreaterThanOrEqual(45);
  });

  test.each(cases.map((one) => [one.record.id, one.host.name, one] as const))(
    '%s, host %s: our VirtualService sends every request where the recorded one did',
    (_id, _host, { record, host, spec }) => {
      let compared = 0;
      for (const { request, observed } of record.requests) {
        if (request.tcp === true || request.path === undefined || observed.tcpProxy === true) continue;
        if (fqdn(request.host, record.proxy.namespace) !== host.fqdn) continue;
        if (!host.ports.some(({ port }) => port === request.port)) continue;
        const asked: TestRequest = {
          path: request.path,
          method: request.method ?? 'GET',
          scheme: request.scheme ?? 'http',
          authority: request.authority ?? `${request.host}${request.port === 80 ? '' : `:${request.port}`}`,
          headers: request.headers ?? {},
          port: request.port,
          sourceLabels: record.proxy.labels ?? {},
          sourceNamespace: record.proxy.namespace,
        };
        const ours = outcomeOf(spec, asked);
        const seen = Object.keys(observed.destinations ?? {}).filter((name) => name !== 'none');
        const where = `${JSON.stringify(request)} -> ${ours?.rule.name ?? 'no rule'}`;
        compared += 1;
        if (seen.includes('PassthroughCluster')) continue; // the Host header chose no service at all
        if (observed.responseFlags === 'NR' || observed.routeName === 'default') continue;
        const clusters = Object.keys(ours?.clusters ?? {});
        expect([where, seen.filter((name) => !clusters.includes(name))]).toEqual([where, []]);
        if ((observed.n ?? 1) >= 50) {
          const missed = clusters.filter((name) => (ours?.clusters[name] ?? 0) >= 10 && !seen.includes(name));
          expect([where, missed]).toEqual([where, []]);
        }
        if (observed.routeName !== undefined && observed.routeName !== '') {
          // A named alternative adds its name to the rule's.
          expect([where, ours?.rule.name]).toEqual([where, observed.routeName.split('.')[0]]);
        }
      }
      expect(compared).toBeGreaterThan(0);
    },
  );

  test.each(
    records.filter(({ id }) => id.startsWith('policy-precedence')).map((record) => [record.id, record] as const),
  )('%s: the policy of each cluster is put together as istiod did', (_id, record) => {
    const rule = record.objects.find(({ kind }) => kind === 'DestinationRule')?.spec as unknown as DestinationRuleSpec;
    const UNLIMITED = 4294967295;
    let compared = 0;
    for (const [name, cluster] of Object.entries(record.route.clusters ?? {})) {
      const [direction, port, subset] = name.split('|');
      if (direction !== 'outbound') continue;
      const policy = clusterPolicy(rule, Number(port), subset === '' ? undefined : subset);
      const pool = policy.connectionPool;
      const [limits] = (cluster['circuit_breakers'] as { thresholds: Record<string, number>[] }).thresholds;
      expect([name, limits]).toEqual([
        name,
        {
          max_connections: pool?.tcp?.maxConnections ?? UNLIMITED,
          max_pending_requests: pool?.http?.http1MaxPendingRequests ?? UNLIMITED,
          max_requests: pool?.http?.http2MaxRequests ?? UNLIMITED,
          max_retries: pool?.http?.maxRetries ?? UNLIMITED,
        },
      ]);
      const outlier = cluster['outlier_detection'] as { consecutive_5xx?: number } | undefined;
      expect([name, outlier?.consecutive_5xx]).toEqual([name, policy.outlierDetection?.consecutive5xxErrors]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(4);
  });
});
