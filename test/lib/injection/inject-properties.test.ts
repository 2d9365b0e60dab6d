import fc from 'fast-check';
import { injectPodTemplate } from '../../../lib/injection';
import type { JsonObject } from '../../../lib/json';
import { defaultSettings } from './default-settings';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const port = fc.integer({ min: 1, max: 65535 });
const handler = fc.oneof(
  fc.record({ httpGet: fc.record({ path: fc.constant('/ready'), port: fc.oneof(port, fc.constant('http')) }) }),
  fc.record({ tcpSocket: fc.record({ port }) }),
  fc.record({ exec: fc.record({ command: fc.constant(['true']) }) }),
);
const probe = fc.oneof(handler, fc.record({ grpc: fc.record({ port }) }));
const container = fc.record(
  {
    name,
    image: fc.constant('example.com/app:1'),
    command: fc.array(name, { maxLength: 2 }),
    env: fc.uniqueArray(fc.record({ name, value: name }), { selector: (each) => each.name, maxLength: 3 }),
    ports: fc.uniqueArray(fc.record({ containerPort: port, name: fc.constantFrom('http', 'grpc') }), {
      selector: (each) => each.name,
      maxLength: 2,
    }),
    volumeMounts: fc.array(fc.record({ name, mountPath: fc.constant('/data') }), { maxLength: 1 }),
    readinessProbe: probe,
    livenessProbe: probe,
    startupProbe: probe,
    lifecycle: fc.record({ preStop: handler, postStart: handler }, { requiredKeys: [] }),
    fieldOfTomorrow: fc.record({ a: fc.integer() }),
  },
  { requiredKeys: ['name', 'image'] },
);
const containers = (minLength: number) =>
  fc.uniqueArray(container, { minLength, maxLength: 3, selector: (each) => each.name });
const pod: fc.Arbitrary<JsonObject> = fc.record({
  metadata: fc.record(
    {
      labels: fc.dictionary(name, name, { maxKeys: 3 }),
      annotations: fc.dictionary(name, name, { maxKeys: 3 }),
      fieldOfTomorrow: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  spec: fc
    .record(
      {
        containers: containers(1),
        initContainers: containers(0),
        volumes: fc.uniqueArray(fc.record({ name, emptyDir: fc.constant({}) }), {
          selector: (each) => each.name,
          maxLength: 3,
        }),
        nodeSelector: fc.dictionary(name, name, { maxKeys: 2 }),
        tolerations: fc.array(fc.record({ key: name, operator: fc.constant('Exists') }), { maxLength: 2 }),
        fieldOfTomorrow: fc.record({ b: fc.array(fc.integer()) }),
      },
      { requiredKeys: ['containers'] },
    )
    .map(({ initContainers = [], ...spec }) => {
      // Two containers of one pod never have the same name.
      const taken = new Set(spec.containers.map((each) => each.name));
      return { ...spec, initContainers: initContainers.filter((each) => !taken.has(each.name)) };
    }),
}) as unknown as fc.Arbitrary<JsonObject>;

type Container = JsonObject & { readonly name: string };
interface Spec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly { readonly name: string }[];
}

const INJECTED = new Set(['istio-proxy', 'istio-init']);
const REWRITTEN = ['readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle'];
const workload = { name: 'it', namespace: 'shop', apiVersion: 'apps/v1', kind: 'Deployment' };

const specOf = (template: JsonObject): Spec => template['spec'] as unknown as Spec;
const without = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
const own = (list: readonly Container[] = []): readonly Container[] => list.filter((each) => !INJECTED.has(each.name));

function check(property: (before: JsonObject, after: JsonObject, nativeSidecars: boolean) => void): void {
  fc.assert(
    fc.property(pod, fc.boolean(), (before, nativeSidecars) => {
      const result = injectPodTemplate(before, workload, defaultSettings, { nativeSidecars });
      expect(result.issues).toEqual([]);
      property(before, result.template, nativeSidecars);
    }),
    { numRuns: 150 },
  );
}

test('containers of the owner keep everything but what the kubelet calls, and their order', () => {
  check((before, after) => {
    for (const list of ['containers', 'initContainers'] as const) {
      const expected = (specOf(before)[list] ?? []).map((each) => without(each, REWRITTEN));
      expect(own(specOf(after)[list]).map((each) => without(each, REWRITTEN))).toEqual(expected);
    }
  });
});

test('commands the kubelet runs inside a container stay, and calls over the network go to the agent', () => {
  check((before, after) => {
    const all = (spec: Spec): readonly Container[] => [...(spec.initContainers ?? []), ...spec.containers];
    const later = new Map(all(specOf(after)).map((each) => [each.name, each]));
    for (const each of all(specOf(before))) {
      for (const field of REWRITTEN.slice(0, 3)) {
        const call = each[field] as JsonObject | undefined;
        const now = later.get(each.name)?.[field] as JsonObject | undefined;
        if (call === undefined || 'exec' in call) expect(now).toEqual(call);
        else expect(now).toEqual({ httpGet: { path: expect.stringMatching(/^\/app-health\//), port: 15020 } });
      }
    }
  });
});

test('no volume is lost, none of the owner is changed', () => {
  check((before, after) => {
    const later = specOf(after).volumes ?? [];
    for (const volume of specOf(before).volumes ?? []) expect(later).toContainEqual(volume);
    expect(new Set(later.map((each) => each.name)).size).toBe(later.length);
  });
});

test('fields that nobody knows yet stay, as does everything else of the pod', () => {
  const touched = ['containers', 'initContainers', 'volumes'];
  check((before, after) => {
    const spec = (template: JsonObject): JsonObject => without(template['spec'] as JsonObject, touched);
    expect(spec(after)).toEqual(spec(before));
    const metadata = (template: JsonObject): JsonObject =>
      without(template['metadata'] as JsonObject, ['labels', 'annotations']);
    expect(metadata(after)).toEqual(metadata(before));
    expect((after['metadata'] as JsonObject)['labels']).toMatchObject(
      (before['metadata'] as JsonObject)['labels'] ?? {},
    );
  });
});

test('a pod injected twice is a pod injected once', () => {
  check((_, after, nativeSidecars) => {
    expect(injectPodTemplate(after, workload, defaultSettings, { nativeSidecars }).template).toEqual(after);
  });
});

test('the given pod is not changed, and the same pod gives the same result', () => {
  check((before, after, nativeSidecars) => {
    const copy = structuredClone(before);
    expect(injectPodTemplate(copy, workload, defaultSettings, { nativeSidecars }).template).toEqual(after);
    expect(copy).toEqual(before);
  });
});
