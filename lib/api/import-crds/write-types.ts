import type { KindFacts, ObjectShape, Shape, StringShape } from '../shape';
import { exclusiveGroups } from './exclusive-groups';

/** Words about one field: what the type's documentation says. */
export interface FieldWords {
  readonly text: string;
  readonly deprecated?: string;
}

/** Where the words come from; undefined when there are none. */
export interface Words {
  readonly object: (name: string) => string | undefined;
  readonly field: (object: string, field: string) => FieldWords | undefined;
  /** Release that brings an object's field, where the base release lacks it. */
  readonly since: (object: string, field: string) => string | undefined;
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function isDuration(shape: StringShape): boolean {
  return shape.isDuration ?? shape.rules?.some((rule) => rule.rule === 'duration-at-least') ?? false;
}

function typeOf(shape: Shape): string {
  switch (shape.type) {
    case 'string':
      if (shape.enum) return shape.enum.map((value) => `'${value}'`).join(' | ');
      return isDuration(shape) ? 'Duration' : 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'int-or-string':
      return 'number | string';
    case 'any':
      return 'JsonObject';
    case 'object':
      return shape.name;
    case 'map':
      return `Readonly<Record<string, ${typeOf(shape.values)}>>`;
    case 'list': {
      const items = typeOf(shape.items);
      return `readonly ${items.includes(' ') ? `(${items})` : items}[]`;
    }
  }
}

function docOf(lines: readonly string[], indent: string): string {
  const all = lines.filter((line) => line !== '');
  if (all.length === 0) return '';
  if (all.length === 1) return `${indent}/** ${all[0] ?? ''} */\n`;
  return `${indent}/**\n${all.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}

/** The TypeScript types of all kinds and of the objects in them. */
export function writeTypes(
  kinds: Readonly<Record<string, KindFacts>>,
  shapes: Readonly<Record<string, ObjectShape>>,
  words: Words,
): string {
  const out: string[] = [];

  const fieldLine = (object: string, shape: ObjectShape, field: string, isRequired: boolean): string => {
    const value = shape.fields[field];
    if (value === undefined) return '';
    const described = words.field(object, field);
    const since = words.since(object, field);
    const doc = docOf(
      [
        described?.text ?? '',
        since === undefined ? '' : `Since Istio ${since}.`,
        described?.deprecated === undefined ? '' : `@deprecated ${described.deprecated}`,
      ],
      '  ',
    );
    const type = typeOf(value);
    return `${doc}  readonly ${field}${isRequired ? `: ${type}` : `?: ${type} | undefined`};\n`;
  };

  const writeObject = (name: string, shape: ObjectShape): void => {
    const groups = exclusiveGroups(name, shape);
    const required = new Set(shape.required ?? []);
    const exclusive = new Set(groups.flatMap((group) => group.fields));
    const plain = Object.keys(shape.fields).filter((field) => !exclusive.has(field) && !field.includes('_'));
    const body = plain.map((field) => fieldLine(name, shape, field, required.has(field))).join('');
    const doc = docOf([words.object(name) ?? ''], '');
    if (groups.length === 0) {
      out.push(`${doc}export interface ${name} {\n${body}}\n`);
      return;
    }
    const hasBase = plain.length > 0;
    const base = `${name}Fields`;
    if (hasBase)
      out.push(
        `/** The fields of {@link ${name}} that go with every choice. */\nexport interface ${base} {\n${body}}\n`,
      );
    const parts: string[] = [];
    for (const group of groups) {
      const isOnly = groups.length === 1;
      const extension = isOnly && hasBase ? ` extends ${base}` : '';
      const alternatives: string[] = [];
      for (const chosen of group.fields) {
        const alternative = `${name}With${pascal(chosen)}`;
        const others = group.fields
          .filter((field) => field !== chosen)
          .map((field) => `  readonly ${field}?: undefined;\n`)
          .join('');
        out.push(
          `/** {@link ${name}} with \`${chosen}\`. */\nexport interface ${alternative}${extension} {\n${fieldLine(name, shape, chosen, true)}${others}}\n`,
        );
        alternatives.push(alternative);
      }
      if (!group.isRequired) {
        const alternative = `${name}Without${group.fields.map(pascal).join('Or')}`;
        const absent = group.fields.map((field) => `  readonly ${field}?: undefined;\n`).join('');
        out.push(
          `/** {@link ${name}} with none of ${group.fields.map((field) => `\`${field}\``).join(', ')}. */\nexport interface ${alternative}${extension} {\n${absent}}\n`,
        );
        alternatives.push(alternative);
      }
      if (isOnly) {
        parts.push(alternatives.join(' | '));
      } else {
        const choiceName = `${name}${group.name}`;
        out.push(
          `/** The choice of ${group.fields.map((field) => `\`${field}\``).join(', ')} in {@link ${name}}. */\nexport type ${choiceName} = ${alternatives.join(' | ')};\n`,
        );
        parts.push(choiceName);
      }
    }
    const whole = groups.length === 1 ? parts.join('') : [...(hasBase ? [base] : []), ...parts].join(' & ');
    out.push(`${doc}export type ${name} = ${whole};\n`);
  };

  for (const [name, shape] of Object.entries(shapes)) writeObject(name, shape);
  const table = Object.entries(kinds)
    .map(([kind, facts]) => `  readonly ${kind}: ${facts.spec};\n`)
    .join('');
  out.push(`/** The type of \`spec\` of every Istio kind. */\nexport interface IstioSpecs {\n${table}}\n`);
  return `import type { Duration, JsonObject } from '../../json';\n\n${out.join('\n')}`;
}
