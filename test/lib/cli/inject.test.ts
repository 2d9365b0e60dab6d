import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { injectTexts } from '../../../lib/cli/inject';
import { readSettings } from '../../../lib/cli/inject-settings';
import { documents, hasOracle, oracleText, withoutNulls } from '../../oracle/injection-oracle';

const root = resolve(__dirname, '../../..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inject-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Runs the command line in the folder of the test. */
function run(input: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const command = [tsx, join(root, 'lib', 'cli', 'main.ts'), 'inject', ...args];
  const result = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', input });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example/web:1 }] }
`;
const CONFIG_MAP = `# settings of the shop
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings # kept as it is
data: {on: "1"}
`;

const containersOf = (text: string): string[] =>
  documents(text).flatMap((object) => {
    const { spec } = object as { spec?: { template?: { spec: { containers: { name: string }[] } } } };
    return (spec?.template?.spec.containers ?? []).map((container) => container.name);
  });

const inject = (text: string, namespaceLabels: Record<string, string> = {}): ReturnType<typeof injectTexts> =>
  injectTexts([{ text, file: 'x.yaml' }], readSettings({}), { namespaceLabels });

describe('the command', () => {
  test('injects workloads and passes other documents on as they are written', () => {
    const { code, out, err } = run(`${CONFIG_MAP}---\n${DEPLOYMENT}`, '-f', '-');
    expect(err.replace(/^npm warn.*\n/, '')).toBe('');
    expect(code).toBe(0);
    expect(out.startsWith(`${CONFIG_MAP}---\n`)).toBe(true);
    expect(containersOf(out)).toEqual(['web', 'istio-proxy']);
  });

  test('writes to a file, and makes native sidecars for new clusters', () => {
    const file = put('web.yaml', DEPLOYMENT);
    const { code, out } = run('', '-f', file, '--kubernetes-version', '1.34', '-o', 'out.yaml');
    expect([code, out]).toEqual([0, '']);
    const text = readFileSync(join(folder, 'out.yaml'), 'utf8');
    expect(containersOf(text)).toEqual(['web']);
    expect(text).toContain('name: istio-proxy');
  });

  test('refuses a workload the injector would refuse, and writes nothing', () => {
    const bad = DEPLOYMENT.replace('labels:', 'annotations: { status.sidecar.istio.io/port: http }, labels:');
    const { code, out, err } = run(bad, '-f', '-', '-o', 'out.yaml');
    expect([code, out, existsSync(join(folder, 'out.yaml'))]).toEqual([1, '', false]);
    expect(err).toContain('status.sidecar.istio.io/port');
  });

  test('refuses an IstioOperator beside the texts of ConfigMaps', () => {
    const { code, err } = run(DEPLOYMENT, '-f', '-', '--operator', 'a', '--values', 'b');
    expect(code).toBe(2);
    expect(err).toContain('not both');
  });

  test('takes the users of pods from the annotations OpenShift gives a namespace', () => {
    const { code, out } = run(
      DEPLOYMENT,
      '-f',
      '-',
      '--namespace-annotation',
      'openshift.io/sa.scc.uid-range=1000620000/10000',
    );
    expect(code).toBe(0);
    expect(out).toContain('runAsUser: 1000629999');
  });

  test('refuses a label without a value', () => {
    expect(run(DEPLOYMENT, '-f', '-', '--namespace-label', 'istio-injection').code).toBe(2);
  });
});

describe('what is left alone', () => {
  test('a workload in a namespace whose webhooks do not select it, with the reason', () => {
    const { documents: texts, skipped } = inject(DEPLOYMENT, { 'istio-injection': 'disabled' });
    expect(texts).toEqual([DEPLOYMENT]);
    expect(skipped).toEqual(['Deployment shop/web is left as it is: the namespace has istio-injection: disabled.']);
  });

  test('a workload on the network of its node', () => {
    const { skipped } = inject(DEPLOYMENT.replace('spec: { containers', 'spec: { hostNetwork: true, containers'));
    expect(skipped).toEqual(['Deployment shop/web is left as it is: it uses the network of its node.']);
  });

  test('nothing in a namespace that is enabled', () => {
    const { documents: texts, skipped } = inject(DEPLOYMENT, { 'istio-injection': 'enabled' });
    expect(skipped).toEqual([]);
    expect(containersOf(texts.join('---\n'))).toEqual(['web', 'istio-proxy']);
  });

  test('items of a list are looked at one by one', () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: documents(`${CONFIG_MAP}---\n${DEPLOYMENT}`),
    });
    const { documents: texts } = inject(list);
    const [read] = documents(texts[0] ?? '') as unknown as [{ items: { kind: string }[] }];
    expect(read.items.map((item) => item.kind)).toEqual(['ConfigMap', 'Deployment']);
    expect(texts[0]).toContain('istio-proxy');
  });
});

test('names the nearest annotation to one that Istio does not know', () => {
  const { issues } = inject(DEPLOYMENT.replace('labels:', "annotations: { sidecar.istio.io/proxyCpu: '1' }, labels:"));
  expect(issues).toMatchObject([
    {
      severity: 'warning',
      code: 'unknown-annotation',
      at: 'spec.template.metadata.annotations["sidecar.istio.io/proxyCpu"]',
    },
  ]);
  expect(issues[0]?.message).toContain('Did you mean "sidecar.istio.io/proxyCPU"');
});

describe('the settings', () => {
  const template = 'spec:\n  containers:\n  - name: extra\n    image: {{ .Values.image }}\n';
  const config = JSON.stringify({ defaultTemplates: ['own'], templates: { own: template }, policy: 'enabled' });
  const values = JSON.stringify({ image: 'example/extra:2', global: {} });

  test('are the three texts of the ConfigMaps', () => {
    const settings = readSettings({
      meshConfig: put('mesh', 'trustDomain: td'),
      injectConfig: put('config', config),
      values: put('values', values),
    });
    const { documents: texts } = injectTexts([{ text: DEPLOYMENT, file: 'x' }], settings);
    expect(texts[0]).toContain('image: example/extra:2');
  });

  test('or the ConfigMaps themselves', () => {
    const data = { mesh: 'trustDomain: td', config, values };
    const file = put('maps', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data }));
    const settings = readSettings({ meshConfig: file, injectConfig: file, values: file });
    expect([settings.defaultTemplates, settings.meshConfig['trustDomain']]).toEqual([['own'], 'td']);
  });

  test('refuses a ConfigMap without the text', () => {
    const file = put('map', JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: {} }));
    expect(() => readSettings({ values: file })).toThrow('has nothing under data.values');
  });

  test('refuses an IstioOperator without a control plane', () => {
    const file = put(
      'operator',
      'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: { profile: empty }\n',
    );
    expect(() => readSettings({ operator: file })).toThrow('has no control plane');
  });
});

const ISTIO = 'samples/istio-1.30.3/samples';
const WORKLOADS: Readonly<Record<string, readonly string[]>> = {
  bookinfo: [ISTIO, 'bookinfo/platform/kube/bookinfo.yaml'],
  fortio: [ISTIO, 'httpbin/sample-client/fortio-deploy.yaml'],
  httpbin: [ISTIO, 'httpbin/httpbin.yaml'],
  'sock-shop': ['samples/microservices-demo/deploy/kubernetes/complete-demo.yaml'],
};

(hasOracle ? describe : describe.skip)('real workloads, as istioctl injects them from an IstioOperator', () => {
  const cases = Object.keys(WORKLOADS).flatMap((workload) =>
    ['default', 'mesh-config', 'native'].map((setting) => [workload, setting] as const),
  );

  test.each(cases)('%s with the settings %s', (workload, setting) => {
    const name = setting === 'native' ? 'default' : setting;
    const operator = put('operator.yaml', oracleText('install/visible', `${name}.operator.yaml`));
    const text = oracleText(...(WORKLOADS[workload] ?? []));
    const outcome = injectTexts(
      [{ text, file: workload }],
      readSettings({ operator }),
      setting === 'native' ? { kubernetesVersion: '1.34' } : {},
    );
    expect(outcome.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
    const expected = documents(oracleText('inject/visible', `${workload}.${setting}.yaml`));
    expect(documents(outcome.documents.join('---\n')).map(withoutNulls)).toEqual(expected.map(withoutNulls));
  });
});
