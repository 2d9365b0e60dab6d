import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { MeshStack } from '../../../../constructs/pulumi';

/** A resource whose result is only known when it has been created. */
class Later extends pulumi.CustomResource {
  declare readonly result: pulumi.Output<string>;
  declare readonly port: pulumi.Output<number>;
  constructor(name: string) {
    super('test:index:Later', name, { result: undefined, port: undefined });
  }
}

const later = new Later('later');
const password = new pulumi.Config().requireSecret('password');

const stack = new MeshStack('shop', (chart, late, app) => {
  const namespace = 'shop';
  const entry = new ApiObject(chart, 'entry', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: {
      name: 'db',
      namespace,
      labels: { app: 'db', ...late.record(later.result.apply((zone) => ({ zone }))) },
    },
    spec: {
      hosts: [later.result],
      ports: [{ number: late.number(later.port), name: `tcp-${late.number(later.port)}`, protocol: 'TCP' }],
      exportTo: pulumi.output(null),
      location: Promise.resolve('MESH_EXTERNAL'),
    },
  });
  const secret = new ApiObject(chart, 'secret', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace },
    stringData: { password: 'in clear', user: late.string(password) },
  });
  secret.addJsonPatch(
    JsonPatch.add('/metadata/annotations', { url: `https://u:${late.string(password)}@${late.string(later.result)}` }),
  );
  entry.addDependency(secret);
  new ApiObject(new Chart(app, 'other', { namespace: 'other' }), 'conf', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: late.string(later.result) },
    data: {
      'pasted.json': JSON.stringify({ text: late.string(password), port: late.number(later.port) }),
      'built.json': late.json({ text: password, ports: [later.port] }),
    },
  });
});

export const everything = stack;
