import { LAWS } from './law';
import { treeOf } from './source-tree';

/** What one law says of files given by their text. */
const told = (law: string, files: Readonly<Record<string, string>>): string[] =>
  LAWS[law]!(treeOf(files)).map(({ what, where }) => [what, ...where].join(' | '));

const importing = (...paths: string[]): string => paths.map((path) => `import '${path}';`).join('\n');

describe('outside', () => {
  test.each([
    ['lib/traffic/x.ts', 'cdk8s', 'imports the framework cdk8s'],
    ['lib/traffic/x.ts', 'node:fs', 'touches the machine through node:fs'],
    ['lib/output/layout.ts', 'node:fs', 'touches the machine through node:fs'],
    ['constructs/x.ts', '@pulumi/pulumi', 'which only constructs/pulumi may'],
    ['constructs/mesh/x.ts', '@pulumi/pulumi', 'which only constructs/pulumi may'],
    ['constructs/pulumi/x.ts', '@grpc/grpc-js', 'which only constructs/pulumi/testing may'],
    ['bookinfo/x.ts', 'istio-constructs/api', 'imports the package by its own name'],
  ])('refuses %s importing %s', (file, specifier, message) => {
    expect(told('outside', { [file]: importing(specifier) }).join('\n')).toContain(message);
  });

  test.each([
    ['lib/cli/x.ts', 'node:fs'],
    ['lib/output/write-files.ts', 'node:fs'],
    ['lib/api/import-crds.ts', 'node:fs'],
    ['lib/api/x.ts', 're2js'],
    ['constructs/x.ts', 'cdk8s'],
    ['constructs/pulumi/x.ts', '@pulumi/pulumi'],
    ['constructs/pulumi/testing/x.ts', '@grpc/grpc-js'],
    ['stacks/x.ts', 'istio-constructs/pulumi'],
  ])('lets %s import %s', (file, specifier) => {
    expect(told('outside', { [file]: importing(specifier) })).toEqual([]);
  });
});

describe('floors', () => {
  test.each([
    ['lib/api/x.ts', 'lib/traffic/y.ts', 'lib/api imports lib/traffic, which'],
    ['lib/json/x.ts', 'lib/findings/y.ts', 'lib/json imports lib/findings, which'],
    ['lib/traffic/x.ts', 'constructs/mesh/y.ts', 'lib/traffic imports constructs/mesh, which'],
    ['constructs/tree/x.ts', 'constructs/host/y.ts', 'constructs/tree imports constructs/host, which'],
    ['constructs/mesh/x.ts', 'constructs/index.ts', 'constructs/mesh imports constructs, which'],
    ['constructs/index.ts', 'constructs/pulumi/late.ts', 'constructs imports constructs/pulumi, which'],
    ['constructs/index.ts', 'bookinfo/app.ts', 'constructs imports bookinfo, which'],
    ['bookinfo/x.ts', 'constructs/pulumi/index.ts', 'bookinfo imports constructs/pulumi, which'],
    ['bookinfo/x.ts', 'sockshop/app.ts', 'bookinfo imports sockshop, which'],
  ])('refuses %s importing %s', (file, target, message) => {
    expect(told('floors', { [file]: importing(upTo(file, target)), [target]: '' }).join('\n')).toContain(message);
  });

  test.each([
    ['lib/api/x.ts', 'lib/manifest/y.ts'],
    ['lib/install/x.ts', 'lib/traffic/y.ts'],
    ['constructs/pulumi/x.ts', 'bookinfo/app.ts'],
    ['stacks/x.ts', 'sockshop/app.ts'],
  ])('lets %s import %s', (file, target) => {
    expect(told('floors', { [file]: importing(upTo(file, target)), [target]: '' })).toEqual([]);
  });

  test('refuses a room without a floor', () => {
    expect(told('floors', { 'lib/unheard-of/x.ts': '' })).toEqual([
      'lib/unheard-of has no floor in test/house/rooms.ts | lib/unheard-of/x.ts',
    ]);
  });
});

describe('circles', () => {
  const circle = {
    'lib/json/a.ts': importing('./b'),
    'lib/json/b.ts': "import type { C } from './c';",
    'lib/json/c.ts': "export * from './a';",
    'lib/json/d.ts': importing('./a'),
  };

  test('refuses files that import each other, through types and exports too', () => {
    expect(told('file circles', circle)).toEqual([
      'files of lib/json import each other in a circle | lib/json/a.ts -> lib/json/b.ts -> lib/json/c.ts -> lib/json/a.ts',
    ]);
  });

  test('lets two ways lead to one file', () => {
    expect(told('file circles', { ...circle, 'lib/json/c.ts': '' })).toEqual([]);
  });

  test('refuses rooms that reach each other', () => {
    const rooms = {
      'lib/traffic/a.ts': importing('../security/a'),
      'lib/security/a.ts': importing('../install/a'),
      'lib/install/a.ts': importing('../traffic/b'),
      'lib/traffic/b.ts': '',
    };
    expect(told('file circles', rooms)).toEqual([]);
    expect(told('room circles', rooms)).toEqual([
      'rooms in a circle: lib/install -> lib/traffic -> lib/security -> lib/install',
    ]);
  });
});

describe('mutual folders', () => {
  test('refuses two folders that import each other, inside a room too', () => {
    const files = {
      'lib/install/options/a.ts': importing('../objects/b'),
      'lib/install/objects/a.ts': importing('../options/deep/b'),
      'lib/install/objects/b.ts': '',
      'lib/install/options/deep/b.ts': '',
    };
    expect(told('mutual folders', files)).toEqual(['lib/install/objects and lib/install/options import each other']);
  });

  test('lets a folder and what lies in it import each other', () => {
    const files = {
      'lib/traffic/a.ts': importing('./checks/b'),
      'lib/traffic/checks/b.ts': importing('../c'),
      'lib/traffic/c.ts': '',
    };
    expect(told('mutual folders', files)).toEqual([]);
  });

  test('lets the bridge to Pulumi import applications that import the entry of constructs', () => {
    const files = {
      'constructs/pulumi/a.ts': importing('../../bookinfo'),
      'bookinfo/index.ts': importing('../constructs'),
      'constructs/index.ts': '',
    };
    expect(told('mutual folders', files)).toEqual([]);
  });
});

describe('entries', () => {
  const files = { 'lib/manifest/order.ts': '', 'lib/manifest/index.ts': importing('./order') };

  test('refuses an import past the index of a room', () => {
    expect(told('entries', { ...files, 'lib/api/a.ts': importing('../manifest/order') })).toEqual([
      'lib/api imports past the index of lib/manifest | lib/api/a.ts -> lib/manifest/order.ts',
    ]);
  });

  test.each([
    ['the index', { ...files, 'lib/api/a.ts': importing('../manifest') }],
    [
      'a file of a folder that has no index',
      { 'lib/manifest/order.ts': '', 'lib/api/a.ts': importing('../manifest/order') },
    ],
    ['a file of the same room', files],
  ])('lets %s be imported', (_, tree) => {
    expect(told('entries', tree)).toEqual([]);
  });
});

describe('findings', () => {
  test.each([
    ["const a = { code: 'no-hosts', severity: 'error', message: '' };"],
    ['const a = (code: string, severity: string) => ({ code, severity });'],
  ])('refuses %s in constructs', (text) => {
    expect(told('findings', { 'constructs/mesh/a.ts': text })).toEqual([
      'constructs/mesh makes findings; they are made in lib | constructs/mesh/a.ts:1',
    ]);
  });

  test('refuses findings that lib writes by hand', () => {
    expect(told('findings', { 'lib/traffic/a.ts': "const a = { code: 'no-hosts', severity: 'error' };" })).toEqual([
      'lib/traffic writes findings by hand; found() makes them | lib/traffic/a.ts:1',
    ]);
  });

  test('lets a code stand without a severity, a type have both, and lib/findings write what found() gives', () => {
    expect(
      told('findings', {
        'constructs/mesh/a.ts': 'interface A { code: string; severity: string } const b = { code: 1 };',
        'lib/traffic/a.ts': "found('no-hosts', { severity: 'error' })",
        'lib/findings/found.ts': "const a = { code: 'no-hosts', severity: 'error' };",
      }),
    ).toEqual([]);
  });
});

describe('codes', () => {
  const files = {
    'lib/findings/catalogue/traffic.ts':
      "export const traffic = { 'no-hosts': {}, 'bad-weight': {} } as const satisfies X;",
    'lib/traffic/a.ts': "found('no-hosts', {}); refuse('bad-weight');",
    'docs/findings.md': '| `no-hosts` | error |\n\n## `bad-weight`\n',
  };

  test('are the same in the catalogue, the code and the documents', () => {
    expect(told('codes', files)).toEqual([]);
  });

  test('refuses codes that one of the three lacks', () => {
    expect(told('codes', { ...files, 'lib/traffic/a.ts': "found('new-code', {}); refuse('bad-weight');" })).toEqual([
      'the catalogue has codes that nothing uses | no-hosts',
      'codes are used that the catalogue lacks | new-code',
    ]);
    expect(told('codes', { ...files, 'docs/findings.md': '## `no-hosts`\n## `bad-wait`\n' })).toEqual([
      'the catalogue has codes that docs/findings lacks | bad-weight',
      'docs/findings has codes that the catalogue lacks | bad-wait',
    ]);
  });

  test('count as used where a finding is written by hand', () => {
    const text = "report({ code: 'by-hand', message: '' }); reply({ code: 'grpc' }); found('no-hosts'); 'bad-weight';";
    expect(told('codes', { ...files, 'lib/traffic/a.ts': text })).toEqual([
      'codes are used that the catalogue lacks | by-hand',
    ]);
  });

  test('count as documented by a page of their own', () => {
    expect(told('codes', { ...files, 'docs/findings.md': '## `no-hosts`', 'docs/findings/bad-weight.md': '' })).toEqual(
      [],
    );
  });

  test('are not asked for where there is no catalogue', () => {
    expect(told('codes', { 'lib/traffic/a.ts': "found('no-hosts', {});" })).toEqual([]);
  });
});

function upTo(file: string, target: string): string {
  return `${'../'.repeat(file.split('/').length - 1)}${target.replace(/\.ts$/, '')}`;
}
