import type { ReadCrds } from './read-crds';
import type { ReleaseDifference } from './release-differences';

/** A value as a TypeScript expression; keys without quotes where the language allows. */
function expression(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([key, field]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}: ${expression(field)}`,
    );
    return `{ ${fields.join(', ')} }`;
  }
  return JSON.stringify(value);
}

function table(entries: Readonly<Record<string, unknown>>, indent: string): string {
  return Object.entries(entries)
    .map(([name, value]) => `${indent}${name}: ${expression(value)},\n`)
    .join('');
}

/** The facts of the kinds as a module. */
export function writeKinds({ kinds }: ReadCrds): string {
  return `import type { KindFacts } from '../shape';

/** The kinds of Istio's API, and what the API server knows of each. */
export const ISTIO_KINDS = {
${table(kinds, '  ')}} as const satisfies Record<string, KindFacts>;

/** A kind of Istio's API. */
export type IstioKind = keyof typeof ISTIO_KINDS;
`;
}

/** The shapes of the base release as a module. */
export function writeShapes({ shapes }: ReadCrds): string {
  return `import type { ObjectShapes } from '../shape';

/** Every object of the base release, by name. */
export const SHAPES: ObjectShapes = {
${table(shapes, '  ')}};
`;
}

/** The releases as a module: what each has that the base has not, and the other way round. */
export function writeReleases(base: string, differences: Readonly<Record<string, ReleaseDifference>>): string {
  const all = [base, ...Object.keys(differences)].sort();
  const entries = Object.entries(differences)
    .map(
      ([release, difference]) =>
        `  '${release}': {\n    kinds: {\n${table(difference.kinds, '      ')}    },\n    shapes: {\n${table(difference.shapes, '      ')}    },\n  },\n`,
    )
    .join('');
  return `import type { KindFacts, ObjectShape } from '../shape';

/** The Istio releases whose API is known, oldest first. */
export const ISTIO_RELEASES = [${all.map((release) => `'${release}'`).join(', ')}] as const;

/** The release that the other ones are compared with, and the default. */
export const BASE_RELEASE = '${base}';

/** An Istio release whose API is known. */
export type IstioRelease = (typeof ISTIO_RELEASES)[number];

/** What another release has instead of the base; null is what it lacks. */
export interface ReleaseDifference {
  readonly kinds: Readonly<Record<string, KindFacts | null>>;
  readonly shapes: Readonly<Record<string, ObjectShape | null>>;
}

/** The differences of the other releases. */
export const RELEASE_DIFFERENCES: Readonly<Record<string, ReleaseDifference>> = {
${entries}};
`;
}
