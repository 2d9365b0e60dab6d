import * as pulumi from '@pulumi/pulumi';
import type { ProfileName } from 'istio-constructs';
import { MeshInstall } from 'istio-constructs/pulumi';
import { target } from '../target';

const config = new pulumi.Config();

const mesh = new MeshInstall(
  'mesh',
  {
    profile: config.get<ProfileName>('profile'),
    revision: config.get('revision'),
    hub: config.get('hub'),
    tag: config.get('tag'),
    skipAwait: config.getBoolean('skipAwait'),
  },
  target(),
);

export const revision = mesh.revision;
export const ingressAddress = mesh.ingressAddress;
