import { packageJson, TSCONFIG, type ProjectFacts, type ProjectFiles } from './project';

/** A project whose output is YAML: a mesh, a service in two versions, a canary between them, and a test. */
export function cdk8sProject(facts: ProjectFacts): ProjectFiles {
  return {
    'package.json': packageJson(facts, {
      scripts: { synth: 'tsx main.ts', test: 'node --import tsx --test app.test.ts', typecheck: 'tsc' },
      dependencies: ['cdk8s', 'cdk8s-plus-27', 'constructs', 'istio-constructs'],
      devDependencies: ['@types/node', 'tsx', 'typescript'],
    }),
    'tsconfig.json': TSCONFIG,
    '.gitignore': 'node_modules/\ndist/\n',
    'app.ts': APP,
    'main.ts': `import { buildApp } from './app';\n\nbuildApp().synth();\n`,
    'app.test.ts': TEST,
    'README.md': readme(facts.name),
  };
}

const APP = `import { Canary, Mesh, MeshApp, MeshChart, MeshService } from 'istio-constructs';

/** A mesh, a service in two versions, and a canary: one request in ten tries the new version. */
export function buildApp(): MeshApp {
  const app = new MeshApp();
  const mesh = new Mesh(app, 'mesh', { profile: 'default' });

  const shop = new MeshChart(app, 'shop', { mesh });
  const hello = new MeshService(shop, 'hello', {
    port: 5000,
    versions: {
      v1: { image: 'docker.io/istio/examples-helloworld-v1:1.0' },
      v2: { image: 'docker.io/istio/examples-helloworld-v2:1.0' },
    },
  });
  new Canary(shop, 'hello-canary', { service: hello, stable: 'v1', candidate: 'v2', percent: 10 });

  return app;
}
`;

const TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VirtualServiceSpec } from 'istio-constructs/api';
import { buildApp } from './app';

// check() throws every error at once, and gives the objects that synth() would write.
const { manifests, issues } = buildApp().check();
const objects = manifests.map(({ object }) => object);

test('one request in ten goes to the new version', () => {
  const route = objects.find(({ kind, metadata }) => kind === 'VirtualService' && metadata.name === 'hello');
  const spec = route?.['spec'] as VirtualServiceSpec;
  const shares = spec.http?.[0]?.route?.map(({ destination, weight }) => [destination?.subset, weight]);
  assert.deepEqual(shares, [
    ['v1', 90],
    ['v2', 10],
  ]);
});

test('the mesh and the service are part of the output', () => {
  const names = objects.map(({ kind, metadata }) => \`\${kind} \${metadata.name}\`);
  for (const name of ['Deployment istiod', 'Deployment hello-v1', 'Deployment hello-v2', 'DestinationRule hello']) {
    assert.ok(names.includes(name), name);
  }
});

test('there is nothing to warn of', () => {
  assert.deepEqual(issues, []);
});
`;

function readme(name: string): string {
  return `# ${name}

A service mesh as TypeScript. \`app.ts\` is all of it: a mesh, a service in two versions, and a canary between them.

\`\`\`sh
npm install
npm test                             # checks the program, without a cluster
npm run synth                        # writes dist/, one file per object
kubectl apply --server-side --recursive -f dist/
\`\`\`

The folders of \`dist/\` are numbered in the order of application. To shift more traffic to the new version, change
\`percent\` in \`app.ts\`; one number in one file of \`dist/\` changes.
`;
}
