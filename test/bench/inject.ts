import type * as Injection from '../../lib/injection';
import type { JsonObject } from '../../lib/json';
import type * as Install from '../../lib/install';
import { compiled } from './compiled';

function deployment(index: number): JsonObject {
  const labels = { app: `app-${index}`, version: 'v1' };
  const container = {
    name: 'app',
    image: `example.com/app:${index}`,
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/', port: 'http' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: labels.app, namespace: 'shop' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
  };
}

/** Injecting 1 000 different Deployments, cold and warm, in time and in work of the processor. */
export function benchInject(rounds = 8): void {
  const { inject, settingsOfMesh } = compiled<typeof Injection>('lib/injection');
  const { meshSettings, resolveInstall } = compiled<typeof Install>('lib/install');
  const settings = settingsOfMesh(meshSettings(resolveInstall({ profile: 'default' })));
  process.stdout.write('injection of 1 000 Deployments\n');
  for (let round = 0; round < rounds; round++) {
    const objects = Array.from({ length: 1000 }, (_, index) => deployment(round * 1000 + index));
    const [startedAt, usage] = [performance.now(), process.cpuUsage()];
    for (const object of objects) inject(object, settings, { nativeSidecars: true });
    const { user, system } = process.cpuUsage(usage);
    const name = round === 0 ? 'cold' : `warm ${round}`;
    const [elapsed, worked] = [performance.now() - startedAt, (user + system) / 1000];
    process.stdout.write(
      `  ${name.padEnd(8)}  ${elapsed.toFixed(0).padStart(6)} ms  ${worked.toFixed(0).padStart(6)} ms of processor\n`,
    );
  }
}
