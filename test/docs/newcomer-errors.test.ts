import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { shownPrograms } from '../package/documents';

const root = resolve(__dirname, '../..');
const program = shownPrograms().find(({ place }) => place.startsWith('README.md'))?.text ?? '';
const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-newcomer-'));
const outdir = join(folder, 'dist');

/** What the program ends with; mistakes that add a construct put it before. */
const END = 'app.synth();';

/** The README's program with one text of it changed into another. */
function changed(from: string, to: string): string {
  if (program.split(from).length !== 2) throw new Error(`the README's program has not exactly one ${from}`);
  return program.replace(from, to);
}

/** The README's program with one more line, and the names it needs. */
const withLine = (line: string, ...names: string[]): string =>
  changed(END, `${line}\n${END}`).replace('import { ', `import { ${names.map((name) => `${name}, `).join('')}`);

/** Runs a program as `app.ts` of a folder of its own, without asking the compiler; what it throws, as text. */
function failureOf(name: string, text: string): string {
  const file = join(folder, name.replace(/\W+/g, '-'), 'app.ts');
  mkdirSync(resolve(file, '..'));
  writeFileSync(file, text);
  process.env['CDK8S_OUTDIR'] = outdir;
  try {
    jest.requireActual<object>(file);
  } catch (error) {
    return String(error).replaceAll(file, 'app.ts');
  } finally {
    delete process.env['CDK8S_OUTDIR'];
  }
  return 'nothing';
}

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the program of the README itself has no error', () => {
  expect(failureOf('right', program)).toBe('nothing');
  expect(readFileSync(join(outdir, '80-route/shop/virtualservice-reviews.yaml'), 'utf8')).toContain('weight: 10');
});

const mistakes: readonly (readonly [mistake: string, program: string, said: readonly string[]])[] = [
  [
    'a misspelt field of a typed kind',
    withLine(
      "new VirtualService(shop, 'extra', { spec: { hosts: ['shop'], http: [{ timout: '3s', route: [{ destination: { host: 'reviews' } }] }] } });",
      'VirtualService',
    ),
    [
      'IssueError: 1 error:',
      '[shop/extra] VirtualService shop/extra spec.http[0].timout: "timout" is not a field here. Did you mean "timeout"?',
      "  at app.ts:26: new VirtualService(shop, 'extra', { spec: { hosts: ['shop'], http: [{ timout: '3s', route: [{ destin ... (unknown-field)",
    ],
  ],
  [
    'a VirtualService beside the routes of a service',
    withLine(
      "new VirtualService(shop, 'extra', { spec: { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' } }] }] } });",
      'VirtualService',
    ),
    [
      'IssueError: 1 error:',
      '[shop/extra] VirtualService shop/extra spec.hosts[0]: VirtualService shop/reviews routes the host "reviews.shop.svc.cluster.local" inside the mesh as well; Istio takes one of the two and leaves the other out.',
      "  at app.ts:26: new VirtualService(shop, 'extra', { spec: { hosts: ['reviews'], http: [{ route: [{ destination: { ho ...",
      '  see: the other one [shop/reviews/traffic/virtual-service]',
      "    at app.ts:7: const reviews = new MeshService(shop, 'reviews', {",
      '  fix: Put the routes into one: constructs for the same service merge; `gateways` or `exportTo` keep two apart. (IST0109)',
    ],
  ],
  [
    'a misspelt option of a construct',
    changed('percent: 10', 'percnt: 10'),
    [
      'IssueError: 1 error:',
      '[shop/reviews-canary]: The share of the candidate is not given.',
      "  at app.ts:15: new Canary(shop, 'reviews-canary', { service: reviews, stable: 'v1', candidate: 'v2', percnt: 10 });",
      '  fix: Give `percent` (0 to 100), or `steps` with the `step` it is at. (canary-without-percent)',
    ],
  ],
  [
    'a version the service does not have',
    changed("candidate: 'v2'", "candidate: 'v3'"),
    [
      'IssueError: 1 error:',
      '[shop/reviews-canary]: reviews has no version "v3". Did you mean "v1" or "v2"?',
      "  at app.ts:15: new Canary(shop, 'reviews-canary', { service: reviews, stable: 'v1', candidate: 'v3', percent: 10 }) ...",
      '  fix: Name a version that the service declares, or declare this one. (unknown-version)',
    ],
  ],
  [
    'a duration that is none',
    changed("baseTime: '30s'", "baseTime: '30sec'"),
    [
      'IssueError: 1 error:',
      '[shop/reviews-breaker] DestinationRule shop/reviews spec.trafficPolicy.outlierDetection.baseEjectionTime: "30sec" is not a duration.',
      "  at app.ts:17: new CircuitBreaker(shop, 'reviews-breaker', {",
      '  fix: Write a number with a unit: h, m, s or ms, such as "5s" or "1h30m". (invalid-duration)',
    ],
  ],
  [
    'two default routes',
    withLine("new TrafficSplit(shop, 'half', { service: reviews, weights: { v1: 50, v2: 50 } });", 'TrafficSplit'),
    [
      'IssueError: 1 error:',
      '[shop/half]: reviews.shop.svc.cluster.local can have one default route: [shop/reviews-canary] and [shop/half] contradict each other.',
      "  at app.ts:26: new TrafficSplit(shop, 'half', { service: reviews, weights: { v1: 50, v2: 50 } });",
      '  see: the other one [shop/reviews-canary]',
      "    at app.ts:15: new Canary(shop, 'reviews-canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 10 }) ...",
      '  fix: Keep one of them, or give one of them a match. (contradiction)',
    ],
  ],
  [
    'a split that is not 100',
    withLine(
      "new HeaderRoute(shop, 'b', { service: reviews, match: header('a').exact('b'), to: { v1: 50, v2: 40 } });",
    ),
    [
      'IssueError: 1 error:',
      '[shop/b]: The shares v1 50, v2 40 add up to 90, not to 100.',
      "  at app.ts:26: new HeaderRoute(shop, 'b', { service: reviews, match: header('a').exact('b'), to: { v1: 50, v2: 40 } ...",
      '  fix: Make the shares add up to 100. (split-not-100)',
    ],
  ],
  [
    'a percentage beyond 100',
    changed('percent: 10', 'percent: 110'),
    [
      'IssueError: 1 error:',
      '[shop/reviews-canary]: The share of v2 is 110; it must be a whole number of percent from 0 to 100.',
      "  at app.ts:15: new Canary(shop, 'reviews-canary', { service: reviews, stable: 'v1', candidate: 'v2', percent: 110 } ...",
      '  fix: Give a whole number from 0 to 100. (percent-out-of-range)',
    ],
  ],
  [
    'a host that nobody knows',
    withLine(
      "new VirtualService(shop, 'extra', { spec: { hosts: ['shop'], http: [{ route: [{ destination: { host: 'reveiws' } }] }] } });",
      'VirtualService',
    ),
    [
      'IssueError: 1 error:',
      '[shop/extra] VirtualService shop/extra spec.http[0].route[0].destination.host: Unknown host "reveiws". Did you mean "reviews.shop.svc.cluster.local"?',
      "  at app.ts:26: new VirtualService(shop, 'extra', { spec: { hosts: ['shop'], http: [{ route: [{ destination: { host: ...",
      '  fix: Route to a service object, or declare the host: MeshService.named, a ServiceEntry, or knownHosts of the app. (IST0101)',
    ],
  ],
  [
    'a service exposed twice',
    withLine("edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'] });"),
    [
      'IssueError: 1 error:',
      '[edge reviews 2]: reviews.example.com with paths that begin with "/reviews" is exposed twice on gateway istio-ingress/edge: [edge reviews] and [edge reviews 2] contradict each other.',
      "  at app.ts:26: edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'] });",
      '  see: the other one [edge reviews]',
      "    at app.ts:24: edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'] });",
      '  fix: Expose it once, or give each its own path or host. (contradiction)',
    ],
  ],
  [
    'a port of the service that it does not have',
    changed("paths: ['/reviews'] }", "paths: ['/reviews'], port: 9090 }"),
    [
      'IssueError: 1 error:',
      '[edge reviews]: reviews has no port 9090: it has 9080.',
      "  at app.ts:24: edge.expose(reviews, { hosts: ['reviews.example.com'], paths: ['/reviews'], port: 9090 });",
      '  fix: Name a port of the service. (unknown-port)',
    ],
  ],
];

test.each(mistakes)('%s', (name, text, said) => {
  expect(failureOf(name, text).split('\n')).toEqual(said);
});

/** What the compiler says of the program, with the places of its own declarations left out. */
function complaintsOf(text: string): string[] {
  const file = join(root, 'test/docs/readme-program.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === file || fileExists.call(host, path);
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : getSourceFile.call(host, path, ...rest);
  const compiled = ts.createProgram([file], { ...options, noEmit: true }, host);
  return compiled.getSemanticDiagnostics(compiled.getSourceFile(file)).map((complaint) => {
    const { line } = ts.getLineAndCharacterOfPosition(
      complaint.file ?? ts.createSourceFile('', '', 99),
      complaint.start ?? 0,
    );
    return `${line + 1}: ${ts.flattenDiagnosticMessageText(complaint.messageText, '\n')}`;
  });
}

test('the compiler names the versions there are, the form of a duration, and the nearest option', () => {
  expect(complaintsOf(program)).toEqual([]);
  // The order of the two versions is the compiler's affair.
  expect(complaintsOf(changed("candidate: 'v2'", "candidate: 'v3'"))).toEqual([
    expect.stringMatching(/^15: Type '"v3"' is not assignable to type '("v1" \| "v2"|"v2" \| "v1")'\.$/),
  ]);
  expect(complaintsOf(changed("baseTime: '30s'", "baseTime: '30sec'"))).toEqual([
    "20: Type '\"30sec\"' is not assignable to type 'Duration | undefined'.",
  ]);
  expect(complaintsOf(changed('consecutive5xx', 'consecutive5x'))).toEqual([
    "20: Object literal may only specify known properties, but 'consecutive5x' does not exist in type 'BreakerEjection'. Did you mean to write 'consecutive5xx'?",
  ]);
  expect(complaintsOf(changed('percent: 10', 'percnt: 10'))).toEqual([
    "15: Object literal may only specify known properties, but 'percnt' does not exist in type 'CanaryProps<\"v2\" | \"v1\">'. Did you mean to write 'percent'?",
  ]);
}, 120_000);
