import { appendFileSync } from 'node:fs';
import { layOut, type Layout } from './layout';
import { parseLayout } from './parse-layout';
import { countKinds, identityOf, inOrder, refOf, type Manifest } from '../manifest';
import type { Issue } from '../findings';
import { writeFiles, type WriteFilesResult } from './write-files';

/** Set by the command line: the layout to use instead of the program's own, as {@link parseLayout} reads it. */
const LAYOUT_VARIABLE = 'ISTIO_CONSTRUCTS_LAYOUT';

/** Set by the command line: a file that gets one line of JSON per output folder written, a {@link WriteReport}. */
const REPORT_VARIABLE = 'ISTIO_CONSTRUCTS_REPORT';

/** What was written to one folder. */
export interface WriteReport {
  readonly outdir: string;
  readonly objects: number;
  /** How many of each kind, the most frequent first. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly files: number;
  readonly written: number;
  readonly removed: number;
  readonly milliseconds: number;
  readonly issues: readonly Issue[];
}

/** Options of {@link writeManifests}. */
export interface WriteManifestsOptions {
  /** @default 'objects' */
  readonly layout?: Layout | undefined;
  /** Findings to pass on to the command line. @default - none */
  readonly issues?: readonly Issue[];
  /** When the synth began, by `performance.now()`. @default - when the program did */
  readonly startedAt?: number;
}

/** The layout of this run: the one the command line asks for, else the program's. */
export function layoutOfRun(layout: Layout | undefined): Layout {
  const asked = process.env[LAYOUT_VARIABLE];
  return asked === undefined || asked === '' ? (layout ?? 'objects') : parseLayout(asked);
}

/** Identity and construct path of each object that has one, in the order of application. */
export function originsOf(manifests: readonly Manifest[]): (readonly [string, string])[] {
  const origins: (readonly [string, string])[] = [];
  for (const { object, origin } of inOrder(manifests)) {
    if (origin !== undefined) origins.push([identityOf(refOf(object)), origin]);
  }
  return origins;
}

/** Writes one line for the command line, where it asks for it. */
export function reportWrite(report: WriteReport): void {
  const file = process.env[REPORT_VARIABLE];
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify(report)}\n`);
}

/**
 * Lays the objects out and writes them to `outdir`, whole or not at all; see {@link writeFiles}. The list of files keeps
 * the construct path of each object.
 *
 * @throws IssueError where the layout is none or a foreign file stands in the way
 */
export function writeManifests(
  outdir: string,
  manifests: readonly Manifest[],
  options: WriteManifestsOptions = {},
): WriteFilesResult & { readonly files: ReadonlyMap<string, string> } {
  const { issues = [], startedAt = 0 } = options;
  const files = layOut(manifests, layoutOfRun(options.layout));
  const result = writeFiles(outdir, files, { origins: originsOf(manifests) });
  reportWrite({
    outdir,
    objects: manifests.length,
    kinds: countKinds(manifests.map(({ object }) => object)),
    files: files.size,
    written: result.written.length,
    removed: result.removed.length,
    milliseconds: Math.round(performance.now() - startedAt),
    issues,
  });
  return { ...result, files };
}
