import { dropUndefined } from '../../../json';
import { textOf } from '../object';
import type { GatewayInstall } from './gateway-values';

type Item = Readonly<Record<string, unknown>>;

/** A rule in the older notation: values, and namespaces, are texts with commas. */
interface AntiAffinityRule {
  readonly key: string;
  readonly operator: string;
  readonly values?: string;
  readonly topologyKey: string;
  readonly namespaces?: string;
}

function expressionOf({ key, operator, values }: AntiAffinityRule): Item {
  return { key, operator, ...(values === undefined || values === '' ? {} : { values: values.split(',') }) };
}

function podAntiAffinity({ gateway }: GatewayInstall): Item {
  const required = gateway.podAntiAffinityLabelSelector as readonly AntiAffinityRule[];
  const preferred = gateway.podAntiAffinityTermLabelSelector as readonly AntiAffinityRule[];
  if (required.length === 0 && preferred.length === 0) return {};
  const selector = (rule: AntiAffinityRule): Item => ({ matchExpressions: [expressionOf(rule)] });
  return {
    podAntiAffinity: {
      ...(required.length === 0
        ? {}
        : {
            requiredDuringSchedulingIgnoredDuringExecution: required.map((rule) =>
              dropUndefined({
                labelSelector: selector(rule),
                topologyKey: rule.topologyKey,
                namespaces: rule.namespaces?.split(','),
              }),
            ),
          }),
      ...(preferred.length === 0
        ? {}
        : {
            preferredDuringSchedulingIgnoredDuringExecution: preferred.map((rule) => ({
              podAffinityTerm: { labelSelector: selector(rule), topologyKey: rule.topologyKey },
              weight: 100,
            })),
          }),
    },
  };
}

/**
 * Where a gateway's pods go. The two lists of node affinity are null where nothing is asked of nodes, as in Istio's own
 * objects: the API server takes null for absent.
 */
export function gatewayAffinity(install: GatewayInstall): Item {
  const { arch, defaultNodeSelector } = install.around.global;
  const weights = Object.entries((arch as Item | undefined) ?? {}).filter(([, weight]) => Number(weight) > 0);
  weights.sort(([a], [b]) => (a < b ? -1 : 1));
  const given = install.gateway.nodeSelector;
  const nodeSelector = Object.keys(given).length > 0 ? given : defaultNodeSelector;
  const expressions: Item[] = [
    ...(weights.length === 0
      ? []
      : [{ key: 'kubernetes.io/arch', operator: 'In', values: weights.map(([name]) => name) }]),
    ...Object.keys(nodeSelector)
      .sort()
      .map((key) => ({ key, operator: 'In', values: [textOf(nodeSelector[key])] })),
  ];
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution:
        expressions.length === 0 ? null : { nodeSelectorTerms: [{ matchExpressions: expressions }] },
      preferredDuringSchedulingIgnoredDuringExecution:
        weights.length === 0
          ? null
          : weights.map(([name, weight]) => ({
              weight: Number(weight),
              preference: { matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: [name] }] },
            })),
    },
    ...podAntiAffinity(install),
  };
}
