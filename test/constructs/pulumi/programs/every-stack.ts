import * as pulumi from '@pulumi/pulumi';
import { ApiObject, JsonPatch } from 'cdk8s';
import { MeshStack } from '../../../../constructs/pulumi';
import { EVERY_STACK } from '../every-stack';

class Later extends pulumi.CustomResource {
  declare readonly text: pulumi.Output<string>;
  constructor() {
    super('test:index:Later', 'later', { text: undefined });
  }
}

const hasUnknown = new pulumi.Config().getBoolean('unknown') ?? false;
const { text } = new Later();

for (const { name, build } of EVERY_STACK) {
  new MeshStack(name, (_chart, late, app) => {
    build(app);
    if (!hasUnknown) return;
    for (const construct of app.node.findAll()) {
      if (!ApiObject.isApiObject(construct)) continue;
      construct.metadata.addAnnotation('example.com/later', late.string(text));
      if (construct.kind !== 'Deployment') continue;
      construct.addJsonPatch(
        JsonPatch.replace('/spec/template/spec/containers/0/image', `${late.string(text)}/image:1`),
      );
    }
  });
}
