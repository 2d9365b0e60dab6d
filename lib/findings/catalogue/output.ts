import { define, type Definitions } from '../definition';

/** Findings of `lib/output`: layouts, paths and files. */
export const OUTPUT = {
  'output-path-collision': define<{ readonly first: string; readonly second: string }>({
    severity: 'error',
    title: 'Two output files of one name',
    message: ({ first, second }) =>
      `The output files "${first}" and "${second}" overwrite each other where letter case does not count.`,
    fix: () => 'Give one of the two another name.',
    example: { first: 'Web.yaml', second: 'web.yaml' },
  }),
  'invalid-output-path': define<{ readonly path: string; readonly problem: string }>({
    severity: 'error',
    title: 'A path that leaves the output folder',
    message: ({ path, problem }) => `The output path "${path}" ${problem}.`,
    fix: () => 'Give a relative path of plain names with "/" between them.',
    example: { path: '../web.yaml', problem: 'leaves its folder or names none' },
  }),
  'foreign-file-in-output': define<{ readonly path: string; readonly file: string }>({
    severity: 'error',
    title: 'A file of somebody else where the output has to go',
    message: ({ path, file }) =>
      `The output needs the path "${path}", but ${file} is there already and was not written by istio-constructs.`,
    fix: () => 'Move or delete it, or choose another output folder.',
    example: { path: 'web.yaml', file: 'dist/web.yaml' },
  }),
  'invalid-layout': define<{ readonly problem: string }>({
    severity: 'error',
    title: 'A layout that does not exist, or lacks what it needs',
    message: ({ problem }) => problem,
    example: { problem: 'The layout "argocd" needs a repoURL.' },
  }),
  'invalid-environment': define<{ readonly problem: string }>({
    severity: 'error',
    title: 'An environment that cannot be',
    message: ({ problem }) => problem,
    example: { problem: 'The environment "prod/eu" is not a valid name for a folder.' },
  }),
} as const satisfies Definitions;
