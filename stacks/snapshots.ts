import { STACKS } from '.';
import { synthesize, report } from './synth';

const results = STACKS.map((stack) => synthesize(stack, `snapshots/${stack.name}`));
process.stdout.write(`${report(results)}\n`);
if (results.some(({ issues }) => issues.some((issue) => issue.severity === 'error'))) process.exitCode = 1;
