import { container, names, one, renderOperator } from './render';

const everything = {
  profile: 'ambient',
  components: {
    ingressGateways: [{ name: 'istio-ingressgateway', enabled: true }],
    egressGateways: [{ name: 'istio-egressgateway', enabled: true }],
  },
};

describe('network policies', () => {
  const objects = renderOperator({ ...everything, values: { global: { networkPolicy: { enabled: true } } } });
  const policies = objects.filter((object) => object.kind === 'NetworkPolicy');

  test('are made for every component', () => {
    expect(names(policies).sort()).toEqual([
      'NetworkPolicy istio-cni',
      'NetworkPolicy istio-egressgateway',
      'NetworkPolicy istio-ingressgateway',
      'NetworkPolicy istiod',
      'NetworkPolicy ztunnel',
    ]);
  });

  test('leave the sources out instead of listing none, which the API server would drop and tools would see as drift', () => {
    for (const policy of policies) {
      const ingress = (policy as unknown as { spec: { ingress: object[] } }).spec.ingress;
      expect(ingress.length).toBeGreaterThan(0);
      for (const rule of ingress) expect(Object.keys(rule)).toEqual(['ports']);
    }
  });
});

describe('the reader account', () => {
  const readers = (enableReaderRBAC?: boolean): string[] =>
    names(renderOperator({ profile: 'minimal', values: { global: { enableReaderRBAC } } })).filter((name) =>
      name.includes('istio-reader'),
    );

  test('is there by default, with what it may read', () => {
    expect(readers().sort()).toEqual([
      'ClusterRole istio-reader-clusterrole-istio-system',
      'ClusterRoleBinding istio-reader-clusterrole-istio-system',
      'ServiceAccount istio-reader-service-account',
    ]);
    expect(readers(true)).toHaveLength(3);
  });

  test('is left out, with its role and binding, where no other cluster reads this one', () => {
    expect(readers(false)).toEqual([]);
  });
});

describe('AppArmor of the CNI agent', () => {
  const annotation = 'container.apparmor.security.beta.kubernetes.io/install-cni';
  const agent = (cni: object) => {
    const objects = renderOperator({ ...everything, values: { cni } });
    return {
      annotations: one(objects, 'DaemonSet', 'istio-cni-node').spec!.template!.metadata!.annotations!,
      profile: container(objects, 'DaemonSet', 'istio-cni-node').securityContext!.appArmorProfile,
    };
  };

  test('goes by an annotation', () => {
    expect(agent({}).annotations[annotation]).toBe('unconfined');
    expect(agent({}).profile).toBeUndefined();
  });

  test('goes by the security context when the annotation is turned off', () => {
    expect(agent({ useAppArmorAnnotation: false }).annotations[annotation]).toBeUndefined();
    expect(agent({ useAppArmorAnnotation: false }).profile).toEqual({ type: 'Unconfined' });
  });
});

describe('DNS of ztunnel', () => {
  const pod = (ztunnel: object) =>
    one(renderOperator({ ...everything, values: { ztunnel } }), 'DaemonSet', 'ztunnel').spec!.template!.spec!;

  test('is left to Kubernetes', () => {
    expect(Object.keys(pod({}))).not.toContain('dnsPolicy');
    expect(Object.keys(pod({}))).not.toContain('dnsConfig');
  });

  test('is what the settings say', () => {
    const dnsConfig = { nameservers: ['192.0.2.1'], options: [{ name: 'ndots', value: '2' }] };
    expect(pod({ dnsPolicy: 'None', dnsConfig })).toMatchObject({ dnsPolicy: 'None', dnsConfig });
  });
});

describe('a port of a gateway without a target', () => {
  const objects = renderOperator({
    components: {
      ingressGateways: [
        { name: 'istio-ingressgateway', enabled: true, k8s: { service: { ports: [{ name: 'tls', port: 15443 }] } } },
      ],
    },
    values: { global: { networkPolicy: { enabled: true } } },
  });

  test('leads to the port of the same number, written as Kubernetes writes a target that is not set', () => {
    expect(one(objects, 'Service', 'istio-ingressgateway').spec!.ports).toEqual([
      { name: 'tls', port: 15443, targetPort: 0 },
    ]);
  });

  test('opens its own number in the pod and in the policy', () => {
    expect(container(objects, 'Deployment', 'istio-ingressgateway').ports![0]).toEqual({
      containerPort: 15443,
      protocol: 'TCP',
    });
    expect(one(objects, 'NetworkPolicy', 'istio-ingressgateway').spec!.ingress).toContainEqual({
      ports: [{ protocol: 'TCP', port: 15443 }],
    });
  });
});

describe('a gateway that is filled in by the webhook', () => {
  const labels = (spec: object) =>
    one(renderOperator({ ...everything, ...spec }), 'Deployment', 'istio-ingressgateway').spec!.template!.metadata!
      .labels!;
  const values = { gateways: { 'istio-ingressgateway': { injectionTemplate: 'gateway' } } };

  test('says itself which service and revision it is in telemetry', () => {
    expect(labels({ values })).toMatchObject({
      'sidecar.istio.io/inject': 'true',
      'service.istio.io/canonical-name': 'istio-ingressgateway',
      'service.istio.io/canonical-revision': 'latest',
    });
    expect(labels({ values, revision: 'canary' })).toMatchObject({
      'istio.io/rev': 'canary',
      'service.istio.io/canonical-revision': 'canary',
    });
  });
});

describe('the control plane of another cluster', () => {
  const at = (remotePilotAddress: string) =>
    renderOperator({ profile: 'remote', values: { global: { remotePilotAddress } } });

  test.each([
    ['192.0.2.7', 'IPv4'],
    ['2001:db8::1', 'IPv6'],
  ])('is reached at %s by a Service with endpoints', (address, addressType) => {
    expect(one(at(address), 'Service', 'istiod').spec!.type).toBeUndefined();
    expect(one(at(address), 'EndpointSlice', 'istiod')).toMatchObject({
      addressType,
      endpoints: [{ addresses: [address] }],
    });
  });

  test('is reached by its name where that is given', () => {
    const objects = at('istiod.example.com');
    expect(one(objects, 'Service', 'istiod').spec).toMatchObject({
      type: 'ExternalName',
      externalName: 'istiod.example.com',
    });
    expect(names(objects)).not.toContain('EndpointSlice istiod');
  });
});
