import { PathError, patchAtPath } from '../../../../lib/install/options/path-patch';

const pod = {
  spec: { containers: [{ name: 'a', args: ['--keep', '30m'] }, { name: 'b' }] },
  labels: { 'x.io/y': '1' },
};

describe('a patch at a path', () => {
  test('sets, adds and removes fields of maps', () => {
    expect(patchAtPath({ a: { b: 1 } }, 'a.b', 2)).toEqual({ a: { b: 2 } });
    expect(patchAtPath({}, 'a.b.c', 2)).toEqual({ a: { b: { c: 2 } } });
    expect(patchAtPath({ a: { b: 1, c: 2 } }, 'a.b', undefined)).toEqual({ a: { c: 2 } });
  });

  test('finds items by place, by field, and by text', () => {
    expect(patchAtPath(pod, 'spec.containers[1].image', 'i').spec).toMatchObject({ containers: [{}, { image: 'i' }] });
    expect(patchAtPath(pod, 'spec.containers.[name:b].image', 'i').spec).toMatchObject({
      containers: [{}, { image: 'i' }],
    });
    expect(patchAtPath(pod, 'spec.containers.[name:a].args.[30m]', '60m').spec).toMatchObject({
      containers: [{ args: ['--keep', '60m'] }, {}],
    });
  });

  test('adds an item at [-1] and removes one without a value', () => {
    expect(patchAtPath({ args: ['a'] }, 'args.[-1]', 'b')).toEqual({ args: ['a', 'b'] });
    expect(patchAtPath({ args: ['a', 'b'] }, 'args.[0]', undefined)).toEqual({ args: ['b'] });
  });

  test('takes dots in keys behind a backslash and in brackets', () => {
    expect(patchAtPath(pod, 'labels.x\\.io/y', '2').labels).toEqual({ 'x.io/y': '2' });
    expect(patchAtPath({ l: [{ host: 'a.b' }] }, 'l.[host:a.b].port', 1)).toEqual({ l: [{ host: 'a.b', port: 1 }] });
  });

  test.each(['spec.containers.[name:z].image', 'spec.containers.[name:a].args.[none]', 'spec.containers[0', ''])(
    'refuses "%s", which leads nowhere',
    (path) => {
      expect(() => patchAtPath(pod, path, 1)).toThrow(PathError);
    },
  );
});
