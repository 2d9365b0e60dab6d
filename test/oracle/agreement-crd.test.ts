import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { constraintCheck } from '../../lib/api/check-constraint';
import type { Constraint } from '../../lib/api/constraint';
import { constraintToCel } from '../../lib/api/constraint-to-cel';
import { crd } from '../../lib/api/crd';
import type { IstioKind } from '../../lib/api/generated/kinds';
import { readConstraint } from '../../lib/api/import-crds/read-constraint';
import { ORACLE } from './agreement';

type Fields = Record<string, unknown>;
interface Crd {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly names: { readonly kind: IstioKind } };
}

const RELEASES = ['1.29.6', '1.30.3', '1.31.0-rc.0'].map(
  (release) => [release, join(ORACLE, `crds/${release}.yaml`)] as const,
);
const isHere = RELEASES.every(([, file]) => existsSync(file));

function crdsOf(file: string): Crd[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map((document) => document.toJS() as Crd | null)
    .filter((document) => document !== null);
}

/** The schema without words and rules, whose wording is ours. */
function structure(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structure);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value as Fields).filter(
    ([key, field]) => !(key === 'description' && typeof field === 'string') && key !== 'x-kubernetes-validations',
  );
  return Object.fromEntries(fields.map(([key, field]) => [key, structure(field)]));
}

/** The rules at every place, as the official file has them: what is said twice counts once. */
function rulesByPlace(value: unknown, place: string, into: Map<string, string[]>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value as Fields)) {
    if (key === 'x-kubernetes-validations') {
      into.set(
        place,
        (field as { rule: string }[]).map(({ rule }) => rule),
      );
    } else rulesByPlace(field, `${place}/${key}`, into);
  }
}

const key = (constraint: Constraint): string =>
  'fields' in constraint && !('others' in constraint)
    ? `${constraint.rule} ${[...constraint.fields].sort().join()}`
    : JSON.stringify(constraint);

(isHere ? describe : describe.skip).each(RELEASES)('the CRDs of Istio %s', (release, file) => {
  const official = isHere ? crdsOf(file) : [];

  test('have the same fields, types, limits, exclusive groups, versions, names and columns as ours', () => {
    expect(official.length).toBeGreaterThan(13);
    for (const theirs of official) {
      const ours = crd(theirs.spec.names.kind, { istioVersion: release });
      expect(ours.metadata.name).toBe(theirs.metadata.name);
      expect(structure(ours.spec)).toEqual(structure(theirs.spec));
    }
  });

  test('have a rule of ours for each of theirs, at the same place', () => {
    for (const theirs of official) {
      const wanted = new Map<string, string[]>();
      const made = new Map<string, string[]>();
      rulesByPlace(theirs.spec, '', wanted);
      rulesByPlace(crd(theirs.spec.names.kind, { istioVersion: release }).spec, '', made);
      const inOurWords = [...wanted].map(([place, rules]) => {
        const constraints = new Map(rules.map(readConstraint).map((constraint) => [key(constraint), constraint]));
        return [place, [...constraints.values()].map((constraint) => constraintToCel(constraint).rule)] as const;
      });
      expect(Object.fromEntries(made)).toEqual(Object.fromEntries(inOurWords));
    }
  });

  test('describe every field in words', () => {
    const silent: string[] = [];
    const walk = (schema: Fields, place: string): void => {
      for (const [name, field] of Object.entries((schema['properties'] ?? {}) as Record<string, Fields>)) {
        if (typeof field['description'] !== 'string') silent.push(`${place}.${name}`);
        walk(field, `${place}.${name}`);
      }
      for (const inner of ['items', 'additionalProperties']) {
        if (typeof schema[inner] === 'object') walk(schema[inner] as Fields, place);
      }
    };
    for (const { spec } of official) {
      const [version] = crd(spec.names.kind, { istioVersion: release }).spec.versions;
      walk(version!.schema.openAPIV3Schema, spec.names.kind);
    }
    expect(silent).toEqual([]);
  });
});

const TEXTS = [
  '', 'a', '*', 'a*b', '/', 'unix://', 'unix:///', 'unix:///a', 'unix:///a/', 'unix://@a', 'unix://a', '1ms', '0s', '0.5ms',
  '1h30m', 'abc', '5', 'HTTP', 'http', 'http://a.com', 'https://a', 'file:///a', 'oci://x/y', 's3://a', 'host:5000/a',
  'host/a:1', '/opt/a', 'https://a.com/%zz',
]; // prettier-ignore
const NUMBERS = [0, 1, 80, 65535, 65536];
const MAPS = [
  {}, { a: 'b' }, { '': 'b' }, { '*a': 'b' }, { 80: 1 }, { 0: 1 }, { 65536: 1 }, { http: 1 }, { a_b: 1 },
  { ['x'.repeat(62)]: 1 }, { ['x'.repeat(63)]: 1 },
]; // prettier-ignore
const LISTS = [[], [{ number: 1 }], [{ number: 1 }, { number: 2 }], [{ number: 1 }, { number: 1 }]];

/** Objects with every combination of values for the fields a constraint names. */
function objectsFor(constraint: Constraint): unknown[] {
  const choices = new Map<string, unknown[]>();
  if ('fields' in constraint) for (const field of constraint.fields) choices.set(field, [undefined, 'x']);
  if ('others' in constraint) for (const field of constraint.others) choices.set(field, [undefined, []]);
  if ('field' in constraint) choices.set(constraint.field, [undefined, '', 'x']);
  if ('when' in constraint) {
    const { field, equals, startsWith } = constraint.when;
    choices.set(field, [undefined, '', 'OTHER', equals ?? `${startsWith ?? ''}/a`]);
  }
  if (constraint.rule === 'max-items-when') choices.set(constraint.field, [undefined, [], ['a'], ['a', 'b']]);
  if (constraint.rule === 'items-without-unless') {
    choices.set(constraint.field, [undefined, [], ['a'], ['a', `b${constraint.part}c`]]);
    choices.set(constraint.unless.field, [undefined, 'OTHER', ...constraint.unless.in]);
  }
  if (constraint.rule === 'requires-entries') {
    const [first = '', second = ''] = constraint.path;
    choices.set(constraint.field, [undefined, { 80: {} }]);
    choices.set(first, [undefined, {}, { [second]: {} }, { [second]: { a: 'b' } }]);
  }
  let objects: Fields[] = [{}];
  for (const [field, values] of choices) {
    objects = objects.flatMap((object) =>
      values.map((value) => (value === undefined ? object : { ...object, [field]: value })),
    );
  }
  return objects;
}

function samplesFor(constraint: Constraint): unknown[] {
  if (constraint.rule === 'range') return NUMBERS;
  if (constraint.rule === 'unique-by') return LISTS;
  if (constraint.rule.startsWith('keys-')) return MAPS;
  if (/^(?:text-(?:in|is|without)|duration|url|after|prefixed)/.test(constraint.rule)) return TEXTS;
  return objectsFor(constraint);
}

(isHere ? describe : describe.skip)('each rule of the official CRDs', () => {
  const official = new Set<string>();
  if (isHere) {
    for (const [, file] of RELEASES) {
      const rules = new Map<string, string[]>();
      crdsOf(file).forEach((document, index) => rulesByPlace(document, String(index), rules));
      for (const rule of [...rules.values()].flat()) official.add(rule);
    }
  }

  test('accepts what our CEL and our check accept, and nothing else', () => {
    expect(official.size).toBeGreaterThan(30);
    const cases = [...official].map((rule) => {
      const constraint = readConstraint(rule);
      return { rule, constraint, ours: constraintToCel(constraint).rule, values: samplesFor(constraint) };
    });
    const asked = cases.flatMap(({ rule, ours, values }) => [
      { rule, values },
      { rule: ours, values },
    ]);
    const output = execFileSync(process.execPath, [join(__dirname, 'agreement-cel.mjs')], {
      input: JSON.stringify(asked),
      encoding: 'utf8',
    });
    const answers = JSON.parse(output) as (boolean | string)[][];
    const different = cases.flatMap(({ rule, constraint, ours, values }, index) => {
      const check = constraintCheck(constraint);
      return values.flatMap((value, position) => {
        const theirs = answers[index * 2]?.[position];
        const mine = answers[index * 2 + 1]?.[position];
        const checked = check(value) === undefined;
        // An error of evaluation refuses as false does.
        return (theirs === true) === checked && (mine === true) === checked
          ? []
          : [{ rule, ours, value, theirs, mine, checked }];
      });
    });
    expect(different).toEqual([]);
    const neverAccepted = asked.filter((_, index) => answers[index]?.includes(true) !== true);
    expect(neverAccepted).toEqual([]);
    const neverRefused = asked.filter((_, index) => answers[index]?.every((answer) => answer === true));
    expect(neverRefused).toEqual([]);
    expect(answers.flat().filter((answer) => String(answer).startsWith('broken'))).toEqual([]);
  });
});
