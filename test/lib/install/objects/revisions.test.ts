import { besideIssues, installedRevisions, unservedRevisions } from '../../../../lib/install';
import type { KubeObject } from '../../../../lib/manifest';
import { names, one, render } from '../render';

const namespace = (name: string, labels: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

describe('a revision', () => {
  test('has its name on every object that the other must not share', () => {
    const [blue, green] = ['blue', 'green'].map((revision) => {
      const options = { revision, profile: 'minimal', components: { base: { enabled: false } } } as const;
      return names(render(options));
    });
    expect(blue).toContain('Deployment istiod-blue');
    expect(blue!.filter((name) => green!.includes(name))).toEqual([]);
  });

  test('is found by its injection webhook, and so are its tags', () => {
    expect(installedRevisions(render({ revision: 'blue', tags: ['prod', 'default'] }))).toEqual([
      { name: 'blue', revision: 'blue', isTag: false },
      { name: 'prod', revision: 'blue', isTag: true },
      { name: 'default', revision: 'blue', isTag: true },
    ]);
    expect(installedRevisions(render())).toEqual([{ name: 'default', revision: 'default', isTag: false }]);
  });

  test('is what the webhook of a tag calls', () => {
    const before = [...render({ revision: 'blue', tags: ['prod'] })];
    const after = [...render({ revision: 'green', tags: ['prod'] })];
    const service = (objects: readonly KubeObject[]) =>
      one(objects, 'MutatingWebhookConfiguration', 'istio-revision-tag-prod').webhooks![0]!.clientConfig!.service!.name;
    expect(service(before)).toBe('istiod-blue');
    expect(service(after)).toBe('istiod-green');
  });
});

describe('namespaces and workloads', () => {
  const objects = [
    namespace('a', { 'istio.io/rev': 'blue' }),
    namespace('b', { 'istio-injection': 'enabled' }),
    namespace('c', {}),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'c' },
      spec: { template: { metadata: { labels: { 'istio.io/rev': 'prod' } } } },
    },
  ] satisfies KubeObject[];

  test('may ask for revisions and tags that are there', () => {
    expect(unservedRevisions(objects, ['blue', 'prod', 'default'])).toEqual([]);
  });

  test('refuses the removal of a revision or tag that is still used', () => {
    const issues = unservedRevisions(objects, ['green']);
    expect(issues.map((issue) => [issue.code, issue.object?.name])).toEqual([
      ['revision-still-used', 'a'],
      ['revision-still-used', 'b'],
      ['revision-still-used', 'd'],
    ]);
    expect(issues[0]!.message).toContain('"blue"');
  });

  test('the gateways of an install itself are complete, and ask for nothing', () => {
    expect(unservedRevisions(render({ revision: 'blue', profile: 'demo' }), [])).toEqual([]);
  });
});

describe('two control planes', () => {
  const blue = { revision: 'blue', tags: ['prod'], istioVersion: '1.29.6' };

  test('fit with names and tags of their own', () => {
    expect(besideIssues(blue, { revision: 'green', tags: ['canary'], istioVersion: '1.30.3' })).toEqual([]);
  });

  test('refuses one revision, one tag, and versions too far apart for both', () => {
    const codes = besideIssues(blue, { revision: 'blue', tags: ['prod'], istioVersion: '1.32.0' }).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['revision-taken', 'tag-taken', 'version-skew']);
  });
});
