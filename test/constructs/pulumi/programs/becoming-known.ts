import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import { Canary, MeshService } from '../../../../constructs';
import { MeshStack } from '../../../../constructs/pulumi';

class Later extends pulumi.CustomResource {
  declare readonly result: pulumi.Output<never>;
  constructor() {
    super('test:index:Later', 'later', { result: undefined });
  }
}

const config = new pulumi.Config();
const { result } = new Later();
const build: Record<string, ConstructorParameters<typeof MeshStack>[1]> = {
  timeout: (chart, late) => route(chart, { timeout: late.string(result) }),
  secretTimeout: (chart, late) => route(chart, { timeout: late.string(pulumi.secret(result)) }),
  percent: (chart, late) => {
    const service = new MeshService(chart, 'reviews', {
      port: 9080,
      versions: { v1: { image: 'a' }, v2: { image: 'b' } },
    });
    new Canary(chart, 'canary', { service, stable: 'v1', candidate: 'v2', percent: late.number(result) });
  },
  wrongType: (chart, late) => {
    new ApiObject(chart, 'conf', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'conf' },
      data: { a: late.number(result) },
    });
  },
  rejected: (chart, late) => {
    const lookup = new Promise<string>((_, reject) => setTimeout(() => reject(new Error('lookup failed')), 10));
    new ApiObject(chart, 'conf', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'conf' },
      data: { a: late.string(lookup) },
    });
  },
  rejectedOutput: (chart, late) => {
    const lookup = pulumi.output(
      new Promise<string>((_, reject) => setTimeout(() => reject(new Error('lookup failed')), 10)),
    );
    new ApiObject(chart, 'conf', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'conf' },
      data: { a: late.string(lookup) },
    });
  },
  ownKey: (chart, late) => {
    new ApiObject(chart, 'conf', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'conf', labels: { app: 'conf', ...late.record(result) } },
    });
  },
};

function route(chart: ConstructorParameters<typeof ApiObject>[0], rule: object): void {
  new ApiObject(chart, 'vs', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'vs' },
    spec: { hosts: ['a.example.com'], http: [{ ...rule, route: [{ destination: { host: 'a.example.com' } }] }] },
  });
}

new MeshStack('shop', build[config.require('case')]!, { app: { knownHosts: ['a.example.com'] } });
