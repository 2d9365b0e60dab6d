import { parseBool } from './annotation-values';
import { goJson } from './as-printed';
import { addEnv, changeProxy, textsOf, withTexts } from './containers';
import type { JsonObject } from '../json';

/** Prometheus reads `prometheus.io/port`, `prometheus-io/port` and the like as one name. */
const sanitized = (name: string): string =>
  name.startsWith('prometheus') ? name.replace(/[^a-zA-Z0-9_]/g, '_') : name;

const SETTINGS = { scrape: 'prometheus_io_scrape', path: 'prometheus_io_path', port: 'prometheus_io_port' } as const;

function settingOf(annotations: Readonly<Record<string, string>>, setting: string): string | undefined {
  for (const name in annotations) if (sanitized(name) === setting) return annotations[name];
  return undefined;
}

/** The annotations without those that tell Prometheus what to scrape, in any spelling. */
export function withoutScraping(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names: readonly string[] = Object.values(SETTINGS);
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !names.includes(sanitized(name))));
}

/** The port Prometheus is told to scrape. */
export function scrapedPort(annotations: Readonly<Record<string, string>>): string | undefined {
  return settingOf(annotations, SETTINGS.port);
}

/**
 * Lets Prometheus scrape application and proxy in one go: the agent's port takes the place of the application's in the
 * annotations, and the agent learns of the application's by an environment variable.
 *
 * Source: https://istio.io/latest/docs/ops/integrations/prometheus/#option-1-metrics-merging
 */
export function mergePrometheus(pod: JsonObject, isOn: boolean, statusPort: number): JsonObject {
  const annotations = textsOf(pod, 'annotations');
  const isWanted = parseBool(annotations['prometheus.istio.io/merge-metrics']) ?? isOn;
  if (!isWanted || parseBool(settingOf(annotations, SETTINGS.scrape)) === false) return pod;
  const target = String(statusPort);
  if (scrapedPort(annotations) === target) return pod;
  const scrape = {
    scrape: settingOf(annotations, SETTINGS.scrape) ?? '',
    path: settingOf(annotations, SETTINGS.path) ?? '',
    port: scrapedPort(annotations) ?? '',
  };
  const isScraped = scrape.scrape !== '' || scrape.path !== '' || scrape.port !== '';
  const told = isScraped
    ? changeProxy(pod, (proxy) => addEnv(proxy, 'ISTIO_PROMETHEUS_ANNOTATIONS', goJson(scrape)))
    : pod;
  return withTexts(told, 'annotations', {
    ...withoutScraping(annotations),
    'prometheus.io/port': target,
    'prometheus.io/path': '/stats/prometheus',
    'prometheus.io/scrape': 'true',
  });
}
