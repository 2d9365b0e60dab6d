import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { KNOWN_METADATA } from '../../../lib/injection/metadata-table';
import { metadataIssues, objectMetadataIssues } from '../../../lib/injection/metadata-issues';
import type { KubeObject } from '../../../lib/manifest';

const messages = (place: Parameters<typeof metadataIssues>[0]): string[] =>
  metadataIssues(place).map((issue) => `${issue.severity} ${issue.code} ${issue.at}: ${issue.message}`);

describe('the table of labels and annotations', () => {
  test('has every name once, in order, with at least one kind', () => {
    for (const as of ['annotation', 'label'] as const) {
      const names = KNOWN_METADATA.filter((entry) => entry.as === as).map((entry) => entry.name);
      expect(names).toEqual([...new Set(names)].sort((a, b) => (a < b ? -1 : 1)));
      expect(names.length).toBeGreaterThan(25);
    }
    expect(KNOWN_METADATA.every((entry) => entry.kinds.length > 0)).toBe(true);
  });

  test('says what replaces everything people set that is deprecated', () => {
    const silent = KNOWN_METADATA.filter(
      ({ status, isAutomatic, replacement, name }) =>
        status === 'deprecated' && isAutomatic !== true && replacement === undefined && !name.startsWith('alpha.'),
    );
    expect(silent).toEqual([]);
  });
});

describe('what is right', () => {
  test.each([
    ['Pod', { 'sidecar.istio.io/proxyCPU': '100m', 'traffic.sidecar.istio.io/excludeInboundPorts': '80, 443' }],
    ['Pod', { 'traffic.sidecar.istio.io/includeInboundPorts': '*', 'sidecar.istio.io/userVolume': '[]' }],
    ['Pod', { 'proxy.istio.io/config': 'concurrency: 2', 'sidecar.istio.io/logLevel': 'debug' }],
    ['Service', { 'networking.istio.io/exportTo': 'shop,.' }],
    ['Deployment', { 'galley.istio.io/analyze-suppress': 'IST0103,IST0108' }],
    ['Pod', { 'prometheus.io/scrape': 'maybe', 'company.example/istio.io': 'x' }],
    ['Pod', { 'sidecar.istio.io/proxyCPU': '${late:abc123:0}' }],
  ])('on a %s: %j', (kind, annotations) => {
    expect(messages({ kind, annotations })).toEqual([]);
  });

  test('the deprecated annotation beside the label that replaces it', () => {
    const inject = { 'sidecar.istio.io/inject': 'true' };
    expect(messages({ kind: 'Pod', annotations: inject, labels: inject })).toEqual([]);
  });
});

describe('what is wrong', () => {
  test('names the nearest annotation to one that Istio does not know', () => {
    expect(messages({ kind: 'Pod', annotations: { 'sidecar.istio.io/proxyCpu': '1' } })).toEqual([
      'warning unknown-annotation metadata.annotations["sidecar.istio.io/proxyCpu"]: Istio knows no annotation sidecar.istio.io/proxyCpu. ' +
        'Did you mean "sidecar.istio.io/proxyCPU" or "sidecar.istio.io/proxyCPULimit" or "sidecar.istio.io/proxyImage"?',
    ]);
  });

  test('knows labels from annotations', () => {
    expect(messages({ kind: 'Pod', labels: { 'sidecar.istio.io/proxyCPU': '1' } })).toEqual([
      'warning misplaced-label metadata.labels["sidecar.istio.io/proxyCPU"]: sidecar.istio.io/proxyCPU is an annotation; as a label Istio does not read it.',
    ]);
    expect(messages({ kind: 'Namespace', annotations: { 'istio.io/use-waypoint': 'w' } })[0]).toContain(
      'istio.io/use-waypoint is a label; as an annotation Istio does not read it.',
    );
  });

  test('says where in a workload an annotation of pods belongs', () => {
    const [issue] = metadataIssues({ kind: 'CronJob', annotations: { 'sidecar.istio.io/proxyCPU': '1' } });
    expect(issue).toMatchObject({
      code: 'misplaced-annotation',
      message: 'The annotation sidecar.istio.io/proxyCPU means nothing on a CronJob; it belongs on Pod.',
      fix: 'Move it to spec.jobTemplate.spec.template.metadata.annotations.',
    });
  });

  test('refuses a namespace that is longer than any', () => {
    const annotations = { 'networking.istio.io/exportTo': `shop,${'a'.repeat(64)}` };
    expect(messages({ kind: 'Service', annotations }).join()).toContain('is not a namespace, ".", "*" or "~"');
  });

  test.each([
    ['sidecar.istio.io/proxyCPU', '100 m', 'it is not a quantity'],
    ['sidecar.istio.io/logLevel', 'debugg', 'Did you mean "debug"?'],
    ['sidecar.istio.io/nativeSidecar', 'yes', 'it is neither true nor false'],
    ['sidecar.istio.io/userVolume', '{', 'it is not JSON'],
    ['galley.istio.io/analyze-suppress', 'IST1', '"IST1" is not a code such as IST0103'],
    ['inject.istio.io/templates', 'sidecar,,x', 'a name between two commas is missing'],
    ['traffic.sidecar.istio.io/excludeInboundPorts', 'http', "failed parsing port 'http'"],
    ['traffic.sidecar.istio.io/includeOutboundIPRanges', '10.0.0.0/40', "failed parsing cidr '10.0.0.0/40'"],
  ])('refuses %s: %s', (name, value, message) => {
    const issues = metadataIssues({
      kind: 'Pod',
      annotations: { [name]: value },
      at: ['spec', 'template', 'metadata'],
    });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({
      code: 'invalid-annotation',
      severity: 'error',
      at: `spec.template.metadata.annotations["${name}"]`,
    });
    expect(issues[0]?.message).toContain(message);
  });

  test('refuses labels with values Istio has no meaning for', () => {
    expect(messages({ kind: 'Namespace', labels: { 'istio-injection': 'enable' } })).toEqual([
      'error invalid-label metadata.labels["istio-injection"]: The label istio-injection has the value "enable": allowed: enabled, disabled. Did you mean "enabled"?',
    ]);
  });

  test('tells what replaces a deprecated annotation', () => {
    expect(
      metadataIssues({ kind: 'Pod', annotations: { 'sidecar.istio.io/statsInclusionPrefixes': 'a' } }),
    ).toMatchObject([
      {
        severity: 'info',
        code: 'deprecated-annotation',
        fix: 'Use proxyStatsMatcher in the annotation proxy.istio.io/config.',
      },
    ]);
  });
});

describe('a whole object', () => {
  const deployment = (labels: object, podLabels: object, podAnnotations = {}): KubeObject =>
    ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels },
      spec: { template: { metadata: { labels: podLabels, annotations: podAnnotations } } },
    }) as unknown as KubeObject;
  const ambient = { 'istio.io/dataplane-mode': 'ambient' };

  test('is looked at together with its pods', () => {
    expect(objectMetadataIssues(deployment({}, {}, { 'sidecar.istio.io/proxyCpu': '1' }), 'shop/web')).toMatchObject([
      {
        code: 'unknown-annotation',
        origin: 'shop/web',
        object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
        at: 'spec.template.metadata.annotations["sidecar.istio.io/proxyCpu"]',
      },
    ]);
  });

  test('may have the labels of its pods itself, but not instead of them', () => {
    expect(objectMetadataIssues(deployment(ambient, ambient))).toEqual([]);
    expect(objectMetadataIssues(deployment(ambient, {}))).toMatchObject([
      { code: 'misplaced-label', fix: 'Move it to spec.template.metadata.labels.' },
    ]);
  });
});

const oracle = join(
  resolve(process.env['ISTIO_ORACLE'] ?? join(__dirname, '../../../../shared/oracle')),
  'analyzer/visible',
);
const describeOracle = existsSync(oracle) ? describe : describe.skip;

interface AnalyzerCase {
  readonly name: string;
  readonly inputFiles: readonly string[];
  readonly expected: readonly { readonly code: string; readonly origin: string }[];
}

describeOracle("Istio's own analyzer cases of annotations", () => {
  const CODES: Readonly<Record<string, string>> = {
    'unknown-annotation': 'IST0108',
    'misplaced-annotation': 'IST0107',
    'invalid-annotation': 'IST0125',
    'deprecated-annotation': 'IST0135',
  };

  test('the same findings on the same objects', () => {
    const text = readFileSync(join(oracle, 'cases.json'), 'utf8');
    const read = JSON.parse(text) as AnalyzerCase[] | { readonly cases: AnalyzerCase[] };
    const cases = Array.isArray(read) ? read : read.cases;
    const found = cases.find((each) => each.name === 'misannoted');
    expect(found).toBeDefined();
    const documents = found!.inputFiles.flatMap((file) =>
      parseAllDocuments(readFileSync(join(oracle, file), 'utf8')).map((document) => document.toJS() as Document),
    );
    const issues = documents
      .filter((document) => ['Deployment', 'Namespace', 'Pod', 'Service'].includes(document?.kind))
      .flatMap(({ kind, metadata }) =>
        metadataIssues({
          kind,
          ...(metadata.annotations === undefined ? {} : { annotations: metadata.annotations }),
          ...(metadata.labels === undefined ? {} : { labels: metadata.labels }),
        }).map((issue) => `${CODES[issue.code] ?? issue.code} ${kind} ${metadata.name}`),
      );
    expect(issues.sort()).toEqual(found!.expected.map(({ code, origin }) => `${code} ${origin}`).sort());
  });
});

interface Document {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

const goldens = join(oracle, '../../inject/golden/visible');

(existsSync(goldens) ? describe : describe.skip)("Istio's own injection cases", () => {
  test('have no annotation that is unknown, misplaced or of a wrong value, but for those that are to be refused', () => {
    const cases = JSON.parse(readFileSync(join(goldens, 'cases.json'), 'utf8')) as InjectionCases;
    const inputs = new Set(
      (Array.isArray(cases) ? cases : cases.cases).filter((each) => !each.expectedError).map((each) => each.input),
    );
    expect(inputs.size).toBeGreaterThan(30);
    const found = [...inputs].flatMap((file) =>
      parseAllDocuments(readFileSync(join(goldens, file), 'utf8')).flatMap((document) => {
        const { spec } = document.toJS() as { spec?: { template?: { metadata?: Document['metadata'] } } };
        const { annotations, labels } = spec?.template?.metadata ?? {};
        const place = { ...(annotations == null ? {} : { annotations }), ...(labels == null ? {} : { labels }) };
        return messages({ kind: 'Pod', ...place }).filter((message) => !message.startsWith('info'));
      }),
    );
    expect(found).toEqual([]);
  });
});

interface InjectionCase {
  readonly input: string;
  readonly expectedError: string | null;
}
type InjectionCases = InjectionCase[] | { readonly cases: InjectionCase[] };
