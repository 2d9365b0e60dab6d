import * as pulumi from '@pulumi/pulumi';
import { BookinfoStack, CanaryRelease, MeshInstall, SockShopStack } from '../../../../constructs/pulumi';

class Later extends pulumi.CustomResource {
  declare readonly text: pulumi.Output<string>;
  declare readonly percent: pulumi.Output<number>;
  constructor() {
    super('test:index:Later', 'later', { text: undefined, percent: undefined });
  }
}

// Every argument of the ready components that may be an Output is one that a preview does not know.
const { text, percent } = new Later();

const install = new MeshInstall('mesh', { hub: text, clusterName: text });
const options = { dependsOn: [install] };
new BookinfoStack('bookinfo', { hub: text, tag: text, hosts: [text], percent, mesh: install.mesh }, options);
new SockShopStack('sockshop', { registry: text, frontEndV2Image: text, hosts: [text], percent }, options);
const release = new CanaryRelease('release', {
  service: 'payments',
  namespace: 'bank',
  port: 8080,
  stable: 'v7',
  candidate: 'v8',
  percent,
});

export const host = release.host;
