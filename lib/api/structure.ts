import { suggestion } from '../findings';
import { isLate, below, type Place } from '../json';
import { shown, type IssueCollector } from './issue-collector';
import { numberCheck, stringCheck } from './leaf-checks';
import type { ObjectShape, ObjectShapes, Shape } from './shape';
import { report, ruleChecks, runRules, wrongType, type StructureCheck } from './structure-report';

/** Where else a field is known: release that has it, or nothing. */
export type OtherReleases = (object: string, field: string) => string | undefined;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks of every object of one release, made once from its shapes. */
export function structureChecks(shapes: ObjectShapes, otherReleases: OtherReleases): (name: string) => StructureCheck {
  const made = new Map<string, StructureCheck>();

  const listCheck = (shape: Extract<Shape, { type: 'list' }>): StructureCheck => {
    const { minItems = 0, maxItems = Infinity, keys } = shape;
    const check = shapeCheck(shape.items);
    const rules = ruleChecks(shape.rules);
    return (value, at, found) => {
      if (!Array.isArray(value)) {
        wrongType(found, at, value, 'A list');
        return;
      }
      const list: readonly unknown[] = value;
      if (list.length < minItems) {
        report(found, at, value, { code: 'too-few', message: `At least ${minItems} item is needed here.` });
      }
      if (list.length > maxItems) {
        report(found, at, value, {
          code: 'too-many',
          message: `There are ${list.length} items; at most ${maxItems} are allowed.`,
        });
      }
      let isWhole = true;
      for (let i = 0; i < list.length; i++) {
        const item = list[i];
        if (item === null || item === undefined) {
          isWhole = false;
          report(found, below(at, i), item, { code: 'wrong-type', message: 'A list may not hold null.' });
        } else {
          if (typeof item !== 'object') isWhole = false;
          check(item, below(at, i), found);
        }
      }
      if (keys !== undefined) checkKeys(keys, list, at, found);
      if (rules.length > 0 && isWhole) runRules(rules, list, at, found);
    };
  };

  const mapCheck = (shape: Extract<Shape, { type: 'map' }>): StructureCheck => {
    const { minEntries = 0, maxEntries = Infinity } = shape;
    const check = shapeCheck(shape.values);
    const rules = ruleChecks(shape.rules);
    const hasNumberKeys = shape.rules?.some((rule) => rule.rule === 'keys-are-numbers') ?? false;
    return (value, at, found) => {
      if (!isPlainObject(value)) {
        wrongType(found, at, value, 'An object');
        return;
      }
      let count = 0;
      for (const key of Object.keys(value)) {
        const entry = value[key];
        if (entry === undefined) continue;
        if (entry === null) {
          found.isCanonical = false;
          continue;
        }
        if (hasNumberKeys && !/^[1-9]\d*$/.test(key)) found.isCanonical = false;
        count++;
        check(entry, below(at, key), found);
      }
      if (count < minEntries) {
        report(found, at, value, { code: 'too-few', message: `At least ${minEntries} entry is needed here.` });
      }
      if (count > maxEntries) {
        report(found, at, value, {
          code: 'too-many',
          message: `There are ${count} entries; at most ${maxEntries} are allowed.`,
        });
      }
      if (rules.length > 0) runRules(rules, value, at, found);
    };
  };

  const shapeCheck = (shape: Shape): StructureCheck => {
    switch (shape.type) {
      case 'string':
        return stringCheck(shape);
      case 'integer':
      case 'number':
        return numberCheck(shape);
      case 'boolean':
        return (value, at, found) => {
          if (typeof value !== 'boolean') wrongType(found, at, value, 'true or false');
        };
      case 'list':
        return listCheck(shape);
      case 'map':
        return mapCheck(shape);
      case 'any':
        return (value, at, found) => {
          if (!isPlainObject(value)) wrongType(found, at, value, 'An object');
        };
      case 'int-or-string':
        return (value, at, found) => {
          if (typeof value !== 'number' && typeof value !== 'string') wrongType(found, at, value, 'A number or text');
        };
      case 'object': {
        // Looked up when called, for shapes may hold each other.
        let check: StructureCheck | undefined;
        return (value, at, found) => {
          (check ??= checkOf(shape.name))(value, at, found);
        };
      }
    }
  };

  const objectCheck = (name: string, shape: ObjectShape): StructureCheck => {
    const fields = new Map(Object.entries(shape.fields).map(([field, value]) => [field, shapeCheck(value)]));
    // Old names that Istio's decoder turns into the current ones.
    const aliases = new Set(Object.keys(shape.fields).filter((field) => field.includes('_')));
    const required = shape.required ?? [];
    const groups = shape.oneOf ?? [];
    const rules = ruleChecks(shape.rules);
    return (value, at, found) => {
      if (!isPlainObject(value)) {
        wrongType(found, at, value, 'An object');
        return;
      }
      for (const field of Object.keys(value)) {
        const entry = value[field];
        if (entry === undefined) continue;
        const check = fields.get(field);
        if (check === undefined) {
          if (shape.open !== true) reportUnknown(name, field, fields.keys(), at, found);
        } else if (entry === null) found.isCanonical = false;
        else {
          check(entry, below(at, field), found);
          if (aliases.has(field)) found.isCanonical = false;
        }
      }
      for (const field of required) {
        if (value[field] === undefined || value[field] === null) {
          report(found, below(at, field), value, { code: 'missing-field', message: `"${field}" is needed here.` });
        }
      }
      for (const group of groups) {
        let first: string | undefined;
        for (const field of group) {
          if (value[field] === undefined || value[field] === null) continue;
          if (first === undefined) first = field;
          else {
            report(found, below(at, field), undefined, {
              code: 'exclusive-fields',
              message: `"${first}" and "${field}" exclude each other; write one of them.`,
            });
          }
        }
      }
      if (rules.length > 0) runRules(rules, value, at, found);
    };
  };

  const reportUnknown = (
    name: string,
    field: string,
    known: Iterable<string>,
    at: Place,
    found: IssueCollector,
  ): void => {
    const release = otherReleases(name, field);
    report(found, below(at, field), undefined, {
      code: release === undefined ? 'unknown-field' : 'field-of-other-release',
      message:
        release === undefined
          ? `"${field}" is not a field here. ${suggestion(field, known)}`
          : `"${field}" is not a field of this Istio release; ${release} has it.`,
    });
  };

  const checkOf = (name: string): StructureCheck => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const shape = shapes[name];
    if (shape === undefined) throw new Error(`There is not an object called ${name}`);
    const check = objectCheck(name, shape);
    made.set(name, check);
    return check;
  };
  return checkOf;
}

/** Items that have the same values in the key fields are one item for the API server, and so refused. */
function checkKeys(keys: readonly string[], list: readonly unknown[], at: Place, found: IssueCollector): void {
  const seen = new Set<string>();
  list.forEach((item, index) => {
    if (!isPlainObject(item)) return;
    if (keys.some((key) => item[key] === undefined || isLate(item[key]))) return;
    const key = JSON.stringify(keys.map((name) => item[name]));
    if (seen.has(key)) {
      report(found, below(at, index), undefined, {
        code: 'duplicate-item',
        message: `Several items have the same ${keys.map((name) => `"${name}"`).join(' and ')}: ${shown(item[keys[0] ?? ''])}.`,
      });
    }
    seen.add(key);
  });
}
