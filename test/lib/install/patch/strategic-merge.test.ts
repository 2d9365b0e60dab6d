import { strategicMerge } from '../../../../lib/install/patch/strategic-merge';

describe('a strategic merge patch', () => {
  test('merges maps, replaces plain lists, removes what is null', () => {
    expect(strategicMerge({ a: { b: 1, c: 2 }, args: ['x'] }, { a: { b: null, d: 3 }, args: ['y'] })).toEqual({
      a: { c: 2, d: 3 },
      args: ['y'],
    });
  });

  test('merges containers and variables by name and keeps what it does not name', () => {
    const base = {
      containers: [{ name: 'discovery', image: 'i', env: [{ name: 'A', value: '1' }] }, { name: 'other' }],
    };
    const patch = {
      containers: [
        {
          name: 'discovery',
          env: [
            { name: 'B', value: '2' },
            { name: 'A', value: '3' },
          ],
        },
      ],
    };
    expect(strategicMerge(base, patch).containers).toEqual([
      {
        name: 'discovery',
        image: 'i',
        env: [
          { name: 'B', value: '2' },
          { name: 'A', value: '3' },
        ],
      },
      { name: 'other' },
    ]);
  });

  test('merges ports of a Service by port and those of a container by containerPort, new ones first', () => {
    expect(
      strategicMerge({ ports: [{ port: 80, name: 'http' }] }, { ports: [{ port: 80, nodePort: 30080 }] }).ports,
    ).toEqual([{ port: 80, name: 'http', nodePort: 30080 }]);
    expect(strategicMerge({ ports: [{ containerPort: 80 }] }, { ports: [{ containerPort: 81 }] }).ports).toEqual([
      { containerPort: 81 },
      { containerPort: 80 },
    ]);
  });

  test('replaces tolerations whole: they have no key', () => {
    expect(strategicMerge({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] }).tolerations).toEqual([
      { key: 'b' },
    ]);
  });

  test('obeys $patch', () => {
    expect(strategicMerge({ a: { b: 1 } }, { a: { $patch: 'replace', c: 2 } })).toEqual({ a: { c: 2 } });
    expect(
      strategicMerge({ env: [{ name: 'A' }, { name: 'B' }] }, { env: [{ name: 'A', $patch: 'delete' }] }).env,
    ).toEqual([{ name: 'B' }]);
    expect(strategicMerge({ env: [{ name: 'A' }] }, { env: [{ $patch: 'replace' }, { name: 'B' }] }).env).toEqual([
      { name: 'B' },
    ]);
  });

  test('leaves its arguments as they were', () => {
    const base = Object.freeze({ a: Object.freeze({ b: 1 }) });
    expect(strategicMerge(base, { a: { b: 2 } })).toEqual({ a: { b: 2 } });
    expect(base.a.b).toBe(1);
  });
});
