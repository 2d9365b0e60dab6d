import fc from 'fast-check';
import { ISTIO_KINDS, validate } from '../../../lib/api';
import { SHAPES } from '../../../lib/api/generated/shapes';
import type { Shape } from '../../../lib/api/shape';
import type { KubeObject } from '../../../lib/manifest';
import { formatPath, lateToken, type Path } from '../../../lib/json';
import { VALID_OBJECTS } from './valid-objects';

interface Place {
  readonly path: Path;
  readonly at: string;
  /** Whether it is a field of the API, not an item of a list or an entry of a map. */
  readonly isField: boolean;
  readonly shape: Shape;
  readonly value: unknown;
}

/** Every value inside a spec, with its shape; what the API leaves open is not entered. */
function placesOf(object: KubeObject): Place[] {
  const found: Place[] = [];
  const walk = (value: unknown, shape: Shape, path: Path, isField: boolean): void => {
    if (value === undefined) return;
    found.push({ path, at: formatPath(path), isField, shape, value });
    if (shape.type === 'list') {
      (value as unknown[]).forEach((item, index) => {
        walk(item, shape.items, [...path, index], false);
      });
    } else if (shape.type === 'map') {
      for (const [key, entry] of Object.entries(value as object)) walk(entry, shape.values, [...path, key], false);
    } else if (shape.type === 'object') {
      for (const [key, entry] of Object.entries(value as object)) {
        walk(entry, SHAPES[shape.name]!.fields[key]!, [...path, key], true);
      }
    }
  };
  const { spec } = ISTIO_KINDS[object.kind as keyof typeof ISTIO_KINDS];
  walk(object['spec'], { type: 'object', name: spec }, ['spec'], true);
  return found;
}

/** A copy of the object with another value, or none, at a path. */
function changed(
  object: KubeObject,
  path: readonly (string | number)[],
  change: (holder: never, key: never) => void,
): KubeObject {
  const copy = JSON.parse(JSON.stringify(object)) as KubeObject;
  let holder: unknown = copy;
  for (const step of path.slice(0, -1)) holder = (holder as Record<string | number, unknown>)[step];
  change(holder as never, path[path.length - 1] as never);
  return copy;
}

const set =
  (value: unknown) =>
  (holder: Record<string | number, unknown>, key: string | number): void => {
    holder[key] = value;
  };

const errorsOf = (object: KubeObject): string[] =>
  validate(object)
    .filter((issue) => issue.severity === 'error')
    .map((issue) => `${issue.by ?? ''} ${issue.at ?? ''}: ${issue.message}`);

const anyObject = fc.constantFrom(...VALID_OBJECTS);
const anyPlace = anyObject.chain((object) =>
  fc.constantFrom(...placesOf(object).filter((place) => place.path.length > 1)).map((place) => ({ object, place })),
);

test.each(VALID_OBJECTS.map((object) => [object.kind, object] as const))('a valid %s is never refused', (_, object) => {
  expect(errorsOf(object)).toEqual([]);
});

test('there is a valid object of every kind', () => {
  expect(VALID_OBJECTS.map((object) => object.kind).sort()).toEqual(Object.keys(ISTIO_KINDS).sort());
});

test('refuses any field that is renamed, at its place', () => {
  fc.assert(
    fc.property(
      anyPlace.filter(({ place }) => place.isField),
      fc.constantFrom('X', '_', '2'),
      ({ object, place }, ending) => {
        const renamed = changed(object, place.path, (holder: Record<string, unknown>, key: string) => {
          holder[`${key}${ending}`] = holder[key];
          Reflect.deleteProperty(holder, key);
        });
        const unknown = validate(renamed).filter(
          (issue) => issue.code === 'unknown-field' && issue.by === 'api-server',
        );
        expect(unknown.map((issue) => issue.at)).toContain(`${place.at}${ending}`);
      },
    ),
    { numRuns: 500 },
  );
});

/** Values that a shape does not take, whatever its limits. */
function otherTypes(shape: Shape): unknown[] {
  switch (shape.type) {
    case 'string':
      return [1, true, ['a'], { a: 1 }];
    case 'integer':
    case 'number':
      return ['1', true, [1], { a: 1 }];
    case 'boolean':
      return ['true', 1, [], {}];
    case 'list':
      return ['a', 1, { a: 1 }];
    default:
      return ['a', 1, ['a']];
  }
}

test('refuses any value of another type, at its place', () => {
  fc.assert(
    fc.property(
      anyPlace.chain(({ object, place }) =>
        fc.constantFrom(...otherTypes(place.shape)).map((value) => ({ object, place, value })),
      ),
      ({ object, place, value }) => {
        const issues = validate(changed(object, place.path, set(value)));
        const wrong = issues.filter((issue) => issue.code === 'wrong-type' && issue.by === 'api-server');
        expect(wrong.map((issue) => issue.at)).toEqual([place.at]);
      },
    ),
    { numRuns: 500 },
  );
});

const exclusive = VALID_OBJECTS.flatMap((object) =>
  placesOf(object).flatMap((place) => {
    if (place.shape.type !== 'object') return [];
    const shape = SHAPES[place.shape.name]!;
    const rules = (shape.rules ?? []).flatMap((rule) =>
      rule.rule === 'at-most-one-of' || rule.rule === 'exactly-one-of' ? [rule.fields] : [],
    );
    return [...(shape.oneOf ?? []), ...rules].flatMap((group) => {
      const there = group.filter((field) => (place.value as Record<string, unknown>)[field] !== undefined);
      return there.length === 0
        ? []
        : group.filter((field) => !there.includes(field)).map((field) => ({ object, place, field }));
    });
  }),
);

test('refuses a second member of any exclusive group', () => {
  expect(exclusive.length).toBeGreaterThan(40);
  for (const { object, place, field } of exclusive) {
    const both = changed(object, [...place.path, field], set('x'));
    const codes = validate(both)
      .filter((issue) => issue.by === 'api-server')
      .map((issue) => issue.code);
    expect(codes).toContain('exclusive-fields');
  }
});

test('a late value is never wrong, wherever a text, a number or a truth stands', () => {
  const leaf = ({ place }: { place: Place }): boolean =>
    ['string', 'integer', 'number', 'boolean'].includes(place.shape.type);
  fc.assert(
    fc.property(anyPlace.filter(leaf), fc.constantFrom('', 'a-'), ({ object, place }, before) => {
      const late = changed(object, place.path, set(`${before}${lateToken('abc', 1)}`));
      expect(errorsOf(late)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('any number of late values is never wrong', () => {
  fc.assert(
    fc.property(anyObject, fc.infiniteStream(fc.boolean()), (object, stream) => {
      const replace = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(replace);
        if (typeof value === 'object' && value !== null) {
          return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, replace(field)]));
        }
        return value !== undefined && stream.next().value === true ? lateToken('abc', 2) : value;
      };
      expect(errorsOf({ ...object, spec: replace(object['spec']) })).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('never throws, whatever the spec is', () => {
  fc.assert(
    fc.property(anyPlace, fc.jsonValue({ maxDepth: 3 }), ({ object, place }, value) => {
      expect(() => validate(changed(object, place.path, set(value)))).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});
