/** Files of a stack, text by path inside its folder. */
export type Files = ReadonlyMap<string, string>;

/** The file of a snapshot that lists what the base stack has and this stack lacks: one path a line, sorted. */
export const REMOVED = 'REMOVED';

/**
 * The snapshot of a stack: the files of its output that its base lacks or has with another text, and {@link REMOVED}
 * where it lacks files of its base. Without a base it is the whole output.
 */
export function snapshotOf(base: Files, output: Files): Files {
  const changed = [...output].filter(([path, text]) => base.get(path) !== text);
  const removed = [...base.keys()].filter((path) => !output.has(path)).sort();
  return new Map([...changed, ...(removed.length === 0 ? [] : [[REMOVED, listText(removed)] as const])]);
}

/**
 * The output that a snapshot stands for: the base, with the changes, without what is removed.
 *
 * @throws Error that lists everything in the snapshot that {@link snapshotOf} would not put there
 */
export function apply(base: Files, snapshot: Files): Files {
  const list = snapshot.get(REMOVED);
  const removed = list?.replace(/\n$/, '').split('\n') ?? [];
  const changed = [...snapshot].filter(([path]) => path !== REMOVED);
  const problems = [
    ...changed.flatMap(([path, text]) => (base.get(path) === text ? [`${path} is the same in the base`] : [])),
    ...removed.flatMap((path) => (base.has(path) ? [] : [`${REMOVED} has "${path}", which the base lacks`])),
    ...removed.flatMap((path) => (snapshot.has(path) ? [`${REMOVED} has "${path}", which is in the snapshot`] : [])),
    ...(list === undefined || list === listText([...new Set(removed)].sort())
      ? []
      : [`${REMOVED} is not one path a line, sorted, each once`]),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const gone = new Set(removed);
  return new Map([...[...base].filter(([path]) => !gone.has(path)), ...changed]);
}

function listText(paths: readonly string[]): string {
  return `${paths.join('\n')}\n`;
}
