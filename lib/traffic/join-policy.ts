import type { HeaderOperations, Headers } from '../api';
import type { MirrorTarget, RoutePolicy } from './contribution';

type Operations = HeaderOperations | undefined;

const namesOf = (operations: Operations): string[] =>
  [...Object.keys(operations?.set ?? {}), ...Object.keys(operations?.add ?? {}), ...(operations?.remove ?? [])].map(
    (name) => name.toLowerCase(),
  );

/** Both changes of headers; undefined when they touch the same header. */
function joinOperations(a: Operations, b: Operations): { readonly joined?: HeaderOperations } | undefined {
  if (a === undefined || b === undefined) {
    const only = a ?? b;
    return only === undefined ? {} : { joined: only };
  }
  const taken = new Set(namesOf(a));
  if (namesOf(b).some((name) => taken.has(name))) return undefined;
  const set = { ...a.set, ...b.set };
  const add = { ...a.add, ...b.add };
  const remove = [...(a.remove ?? []), ...(b.remove ?? [])];
  return {
    joined: {
      ...(Object.keys(set).length > 0 ? { set } : {}),
      ...(Object.keys(add).length > 0 ? { add } : {}),
      ...(remove.length > 0 ? { remove } : {}),
    },
  };
}

function joinHeaders(a: Headers, b: Headers): Headers | undefined {
  const request = joinOperations(a.request, b.request);
  const response = joinOperations(a.response, b.response);
  if (request === undefined || response === undefined) return undefined;
  return {
    ...(request.joined === undefined ? {} : { request: request.joined }),
    ...(response.joined === undefined ? {} : { response: response.joined }),
  };
}

function joinMirrors(a: readonly MirrorTarget[], b: readonly MirrorTarget[]): readonly MirrorTarget[] | undefined {
  const place = ({ version, destination }: MirrorTarget): string => JSON.stringify([version, destination]);
  const taken = new Set(a.map(place));
  return b.some((mirror) => taken.has(place(mirror))) ? undefined : [...a, ...b];
}

/**
 * What two constructs want of one field, where both can have it: copies to different places, changes of different
 * headers. Undefined where only one of them can.
 */
export function joinPolicyField(field: keyof RoutePolicy, before: unknown, value: unknown): unknown {
  if (field === 'mirrors') return joinMirrors(before as readonly MirrorTarget[], value as readonly MirrorTarget[]);
  if (field === 'headers') return joinHeaders(before as Headers, value as Headers);
  return undefined;
}

function without(operations: Operations, names: ReadonlySet<string>): Operations {
  if (operations === undefined) return undefined;
  const keep = (entries: Readonly<Record<string, string>> | undefined): Record<string, string> =>
    Object.fromEntries(Object.entries(entries ?? {}).filter(([name]) => !names.has(name.toLowerCase())));
  const [set, add] = [keep(operations.set), keep(operations.add)];
  const remove = (operations.remove ?? []).filter((name) => !names.has(name.toLowerCase()));
  return {
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(Object.keys(add).length > 0 ? { add } : {}),
    ...(remove.length > 0 ? { remove } : {}),
  };
}

/** The narrower setting laid over the wider one; what only the wider one says still holds. */
export function overlayPolicyField(field: keyof RoutePolicy, wide: unknown, narrow: unknown): unknown {
  if (field === 'mirrors') {
    const mirrors = narrow as readonly MirrorTarget[];
    const place = ({ version, destination }: MirrorTarget): string => JSON.stringify([version, destination]);
    const taken = new Set(mirrors.map(place));
    return [...(wide as readonly MirrorTarget[]).filter((mirror) => !taken.has(place(mirror))), ...mirrors];
  }
  if (field !== 'headers') return narrow;
  const [a, b] = [wide as Headers, narrow as Headers];
  const request = without(a.request, new Set(namesOf(b.request)));
  const response = without(a.response, new Set(namesOf(b.response)));
  return joinHeaders(
    { ...(request === undefined ? {} : { request }), ...(response === undefined ? {} : { response }) },
    b,
  );
}
