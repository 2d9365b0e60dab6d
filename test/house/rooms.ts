/** Folders that hold rooms; a file that lies in one of them directly belongs to the folder itself (its entry). */
const HALLS = new Set(['lib', 'constructs']);

/** The room a file stands in: `lib/traffic`, `constructs/mesh`, `bookinfo`, or `constructs` for the entry itself. */
export function roomOf(file: string): string {
  const parts = file.split('/');
  const [first = ''] = parts;
  return HALLS.has(first) && parts.length > 2 ? parts.slice(0, 2).join('/') : first;
}

/**
 * The floors, bottom up. A file imports from its own floor and from those below; rooms of one floor may import each
 * other in one direction. A room that is missing here is a break of the law, so that its floor is a decision.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['lib/json', 'lib/go-template'],
  ['lib/findings'],
  ['lib/manifest'],
  ['lib/api'],
  [
    'lib/traffic',
    'lib/security',
    'lib/telemetry',
    'lib/observability',
    'lib/install',
    'lib/injection',
    'lib/envoy',
    'lib/targets',
  ],
  ['lib/model'],
  ['lib/analysis', 'lib/simulate', 'lib/graph', 'lib/gitops', 'lib/diff', 'lib/import'],
  ['lib/output'],
  ['lib/cli'],
  ['constructs/tree'],
  ['constructs/api'],
  ['constructs/chart', 'constructs/host'],
  [
    'constructs/service',
    'constructs/traffic',
    'constructs/gateway',
    'constructs/security',
    'constructs/telemetry',
    'constructs/observability',
    'constructs/envoy',
    'constructs/mesh',
  ],
  ['constructs/app'],
  ['constructs'],
  ['bookinfo', 'sockshop'],
  ['constructs/pulumi'],
  ['stacks'],
];

/** Rooms that stand for themselves: nothing on their own floor may import them. */
export const APART: ReadonlySet<string> = new Set(['bookinfo', 'sockshop']);

/** The number of a room's floor, or undefined where it has none. */
export function floorOf(room: string): number | undefined {
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room));
  return floor === -1 ? undefined : floor;
}

/** Whether a room may import another one, by the floors alone. */
export function mayImport(room: string, other: string): boolean {
  if (room === other) return true;
  const [own, its] = [floorOf(room), floorOf(other)];
  if (own === undefined || its === undefined) return false;
  return its < own || (its === own && !APART.has(other));
}
