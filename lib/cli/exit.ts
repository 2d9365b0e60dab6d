/** A call that cannot be answered: wrong arguments, missing files. The command line ends with code 2. */
export class UsageError extends Error {}

/** Runs a command; a {@link UsageError} or any other failure is told on stderr and ends the process with code 2. */
export async function exitWithUsageCode(run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.exitCode = 2;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** Ends the process quietly when whoever reads its output has seen enough (`| head`). */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}
