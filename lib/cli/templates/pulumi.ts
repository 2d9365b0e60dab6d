import { packageJson, TSCONFIG, type ProjectFacts, type ProjectFiles } from './project';

/** A Pulumi program: a mesh, a service in two versions, a canary whose share is configuration, and a test. */
export function pulumiProject(facts: ProjectFacts): ProjectFiles {
  return {
    'package.json': packageJson(facts, {
      main: 'index.ts',
      scripts: { test: 'node --import tsx --test index.test.ts', typecheck: 'tsc' },
      dependencies: [
        '@pulumi/kubernetes',
        '@pulumi/pulumi',
        'cdk8s',
        'cdk8s-plus-27',
        'constructs',
        'istio-constructs',
        'tsx',
      ],
      devDependencies: ['@types/node', 'typescript'],
    }),
    'Pulumi.yaml': pulumiYaml(facts.name),
    'tsconfig.json': TSCONFIG,
    '.gitignore': 'node_modules/\n',
    'index.ts': INDEX,
    'index.test.ts': test(facts.name),
    'README.md': readme(facts.name),
  };
}

/** tsx reads the program: the ts-node that Pulumi brings is older than the compiler of the project. */
function pulumiYaml(name: string): string {
  return `name: ${name}
description: A service mesh as TypeScript
runtime:
  name: nodejs
  options:
    typescript: false
    nodeargs: --import tsx
config:
  percent:
    description: Share of the requests for the new version
    type: integer
    default: 10
`;
}

const INDEX = `import { Config } from '@pulumi/pulumi';
import { Canary, Mesh, MeshChart, MeshService } from 'istio-constructs';
import { MeshStack } from 'istio-constructs/pulumi';

const percent = new Config().requireNumber('percent');

/** A mesh, a service in two versions, and a canary between them. Every object is one Pulumi resource. */
export const { urn } = new MeshStack('hello', (_chart, _late, app) => {
  const mesh = new Mesh(app, 'mesh', { profile: 'default' });

  const shop = new MeshChart(app, 'shop', { mesh });
  const hello = new MeshService(shop, 'hello', {
    port: 5000,
    versions: {
      v1: { image: 'docker.io/istio/examples-helloworld-v1:1.0' },
      v2: { image: 'docker.io/istio/examples-helloworld-v2:1.0' },
    },
  });
  new Canary(shop, 'hello-canary', { service: hello, stable: 'v1', candidate: 'v2', percent });
});
`;

function test(name: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PulumiProgram } from 'istio-constructs/testing';

// Runs the program with the real SDK, but without the Pulumi CLI, a provider or a cluster.
const program = new PulumiProgram({ program: 'index.ts', cwd: '.', project: '${name}', config: { percent: '10' } });

test('a new share of the canary changes one object', async () => {
  const first = await program.up();
  assert.ok(first.succeeded, first.report());
  const weights = JSON.stringify(first.resource('VirtualService', 'shop/hello').inputs);
  assert.match(weights, /"weight":90/);

  const next = await program.preview({ config: { percent: '20' } });
  const changed = next.changed();
  assert.equal(changed.length, 1);
  assert.match(changed[0] ?? '', /virtualservice/i);
});
`;
}

function readme(name: string): string {
  return `# ${name}

A service mesh as a Pulumi program. \`index.ts\` is all of it: a mesh, a service in two versions, and a canary between them.

\`\`\`sh
npm install
npm test                             # runs the program, without the Pulumi CLI and without a cluster
pulumi stack init dev
pulumi up
\`\`\`

To shift more traffic to the new version: \`pulumi config set percent 50 && pulumi up\` updates one object in place.
`;
}
