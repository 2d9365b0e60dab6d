/** Prints what the program took from here to its end: the SDK's work on each resource happens after the last line of it. */
export function measureUntilExit(): void {
  const start = process.hrtime.bigint();
  const used = process.cpuUsage();
  process.on('exit', () => {
    const { user, system } = process.cpuUsage(used);
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    process.stdout.write(`MEASURED ${JSON.stringify({ milliseconds, cpu: (user + system) / 1000 })}\n`);
  });
}
