import * as pulumi from '@pulumi/pulumi';
import { BookinfoStack } from 'istio-constructs/pulumi';
import { runningMesh, target } from '../target';

const config = new pulumi.Config();

const bookinfo = new BookinfoStack(
  'bookinfo',
  {
    namespace: config.get('namespace'),
    scenario: config.get('scenario'),
    percent: config.getNumber('percent'),
    hub: config.get('hub'),
    tag: config.get('tag'),
    mesh: runningMesh(),
    skipAwait: config.getBoolean('skipAwait'),
  },
  target(),
);

export const productpageUrl = bookinfo.productpageUrl;
export const principals = bookinfo.principals;
