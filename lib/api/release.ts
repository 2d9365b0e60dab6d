import { ISTIO_KINDS } from './generated/kinds';
import { BASE_RELEASE, ISTIO_RELEASES, RELEASE_DIFFERENCES, type IstioRelease } from './generated/releases';
import { SHAPES } from './generated/shapes';
import type { KindFacts, ObjectShape, ObjectShapes } from './shape';
import { structureChecks } from './structure';
import type { StructureCheck } from './structure-report';

/** The API of one Istio release. */
export interface ReleaseApi {
  readonly release: IstioRelease;
  readonly kinds: Readonly<Partial<Record<string, KindFacts>>>;
  readonly shapes: ObjectShapes;
  /** The check of an object by the name of its shape. */
  readonly check: (name: string) => StructureCheck;
}

function changed<T>(base: Readonly<Record<string, T>>, changes: Readonly<Record<string, T | null>>): Record<string, T> {
  const result: Record<string, T> = { ...base };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = value;
  }
  return result;
}

function shapesOf(release: string): Readonly<Record<string, ObjectShape>> {
  return release === BASE_RELEASE ? SHAPES : changed(SHAPES, RELEASE_DIFFERENCES[release]?.shapes ?? {});
}

const made = new Map<IstioRelease, ReleaseApi>();

/** The API of a release; made on first use and kept. */
export function releaseApi(release: IstioRelease): ReleaseApi {
  const known = made.get(release);
  if (known !== undefined) return known;
  const shapes = shapesOf(release);
  const api: ReleaseApi = {
    release,
    kinds: changed<KindFacts>(ISTIO_KINDS, RELEASE_DIFFERENCES[release]?.kinds ?? {}),
    shapes,
    check: structureChecks(shapes, (object, field) =>
      ISTIO_RELEASES.find((other) => shapesOf(other)[object]?.fields[field] !== undefined),
    ),
  };
  made.set(release, api);
  return api;
}

function minorOf(version: string): string {
  return version.split('.', 2).join('.');
}

/**
 * The known release of the same minor version: `1.30`, `1.30.1` and `1.30.3` are all 1.30.3.
 *
 * @throws Error when the API of that minor version is not known.
 */
export function releaseOf(version: string): IstioRelease {
  const release = ISTIO_RELEASES.find((known) => minorOf(known) === minorOf(version.replace(/^v/, '')));
  if (release !== undefined) return release;
  throw new Error(`The API of Istio "${version}" is not known here. Known: ${ISTIO_RELEASES.join(', ')}.`);
}
