import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { JsonObject } from '../../lib/json';
import { isKind } from '../api';

/** The ProxyConfig objects among constructs: what istiod would configure the proxies of the same app by. */
export function proxyConfigsAmong(constructs: readonly IConstruct[]): readonly JsonObject[] {
  return constructs
    .filter((construct) => isKind(construct, 'ProxyConfig'))
    .map((construct) => (construct as unknown as ApiObject).toJson() as JsonObject);
}

/** The ProxyConfig objects of the whole tree that a construct is part of. */
export const proxyConfigsAround = (construct: IConstruct): readonly JsonObject[] =>
  proxyConfigsAmong(construct.node.root.node.findAll());
