import { Command } from 'commander';
import { diffObjects, formatDiff, formatDiffMarkdown } from '../diff';
import { exitWithUsageCode } from './exit';
import { loadObjects } from './load-objects';

interface Options {
  readonly json?: true;
  readonly markdown?: true;
}

const HELP = `
OLD and NEW are each one of
  a folder or a file        dist   snapshots/bookinfo   app.k8s.yaml
  a git revision of one     HEAD~1:dist   origin/main:snapshots/bookinfo   v1.2 (with the other argument's path)
  -                         objects on standard input

Exit codes: 0 the same, 1 different, 2 could not compare.`;

/** `istio-constructs diff`: what differs between two sets of objects, by meaning. */
export function command(): Command {
  return new Command('diff')
    .description('Compare two sets of objects by meaning, object by object.')
    .argument('<old>', 'folder, file or git revision')
    .argument('<new>', 'folder, file or git revision')
    .option('--json', 'the differences as JSON')
    .option('--markdown', 'the differences as Markdown, for a comment on a pull request')
    .addHelpText('after', HELP)
    .action(async (before: string, after: string, options: Options) => {
      await exitWithUsageCode(() => {
        const diff = diffObjects(loadObjects(before, after), loadObjects(after, before));
        const text =
          options.json === true
            ? JSON.stringify(diff, null, 2)
            : options.markdown === true
              ? formatDiffMarkdown(diff)
              : formatDiff(diff);
        process.stdout.write(`${text}\n`);
        if (diff.objects.length > 0) process.exitCode = 1;
      });
    });
}
