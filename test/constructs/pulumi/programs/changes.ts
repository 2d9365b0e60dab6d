import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Canary, MeshChart, MeshService } from '../../../../constructs';
import { MeshStack } from '../../../../constructs/pulumi';

// A small shop that the configuration changes in one way at a time.
const config = new pulumi.Config();
const percent = config.getNumber('percent') ?? 10;
const folder = config.get('folder') ?? 'a';
const name = config.get('name') ?? 'shop';
const formerName = config.get('formerName');
const version = config.get('version') ?? 'v1';

new MeshStack(
  name,
  (chart, late, app) => {
    // Under another name the stack's own chart would have another namespace; then it stays empty, and is left out.
    const home = name === 'shop' ? chart : new MeshChart(app, 'shop', { mesh: chart.mesh });
    const group = new Construct(home, folder);
    const reviews = new MeshService(group, 'reviews', {
      port: 9080,
      versions: { v1: { image: late.string(pulumi.output('reviews:1')) }, v2: { image: 'reviews:2' } },
    });
    new Canary(group, 'canary', {
      service: reviews,
      stable: 'v1',
      candidate: 'v2',
      percent: late.number(pulumi.output(percent)),
    });
    new ApiObject(group, 'entry', {
      apiVersion: `networking.istio.io/${version}`,
      kind: 'ServiceEntry',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { hosts: ['db.example.com'], ports: [{ number: 5432, name: 'tcp', protocol: 'TCP' }] },
    });
  },
  formerName === undefined ? {} : { aliases: [{ name: formerName }] },
);
