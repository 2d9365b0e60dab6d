import type { InjectionSettings, LabelSelector } from './settings';

/** Namespaces of the cluster itself, in which nothing is injected. Source: istio pkg/kube/inject, IgnoredNamespaces */
const IGNORED_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/** Why a pod is left alone. */
export type SkipReason =
  'not-a-workload' | 'host-network' | 'ignored-namespace' | 'opted-out' | 'never-inject-selector' | 'policy-disabled';

type Texts = Readonly<Record<string, string>>;

/** True when a selector with at least one condition holds for the labels. */
export function selects(selector: LabelSelector, labels: Texts): boolean {
  const exact = Object.entries(selector.matchLabels ?? {});
  const expressions = selector.matchExpressions ?? [];
  if (exact.length + expressions.length === 0) return false;
  if (!exact.every(([key, value]) => labels[key] === value)) return false;
  return expressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}

/** What of a pod decides whether it is injected. */
export interface PodChoice {
  readonly namespace: string;
  readonly labels: Texts;
  readonly annotations: Texts;
  readonly hostNetwork: boolean;
}

/**
 * Why the injector leaves a pod alone, or undefined when it injects. The label `sidecar.istio.io/inject` wins over the
 * annotation of that name; without either the selectors and the policy decide, never before always.
 */
export function skipReason(pod: PodChoice, settings: InjectionSettings): SkipReason | undefined {
  if (pod.hostNetwork) return 'host-network';
  if (IGNORED_NAMESPACES.includes(pod.namespace)) return 'ignored-namespace';
  const choice = pod.labels['sidecar.istio.io/inject'] ?? pod.annotations['sidecar.istio.io/inject'];
  if (choice === 'true') return undefined;
  if (choice === 'false') return 'opted-out';
  if (settings.neverInjectSelector.some((selector) => selects(selector, pod.labels))) return 'never-inject-selector';
  if (settings.alwaysInjectSelector.some((selector) => selects(selector, pod.labels))) return undefined;
  return settings.policy === 'enabled' ? undefined : 'policy-disabled';
}
