import * as pulumi from '@pulumi/pulumi';
import { SockShopStack } from 'istio-constructs/pulumi';
import { runningMesh, target } from '../target';

const config = new pulumi.Config();

const shop = new SockShopStack(
  'sockshop',
  {
    namespace: config.get('namespace'),
    scenario: config.get('scenario'),
    frontEndV2Image: config.get('frontEndV2Image'),
    percent: config.getNumber('percent'),
    registry: config.get('registry'),
    autoscaling: config.getBoolean('autoscaling'),
    mesh: runningMesh(),
    skipAwait: config.getBoolean('skipAwait'),
  },
  target(),
);

export const frontEndUrl = shop.frontEndUrl;
export const principals = shop.principals;
