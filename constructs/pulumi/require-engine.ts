import * as pulumi from '@pulumi/pulumi';

/**
 * Without an engine the SDK makes resources that are never sent anywhere and reports success: a test that forgets to start
 * one would pass whatever the program does.
 */
export function requireEngine(stack: string): void {
  if (pulumi.runtime.getMonitor() !== undefined) return;
  throw new Error(
    `there is no Pulumi engine to give the objects of "${stack}" to, so nothing would be checked or created. ` +
      'Run the program with `pulumi preview` or `pulumi up`; in a test, run it with PulumiProgram of ' +
      "'istio-constructs/testing', or call pulumi.runtime.setMocks before the first resource",
  );
}
