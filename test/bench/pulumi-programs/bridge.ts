import { ApiObject } from 'cdk8s';
import { MeshStack } from '../../../constructs/pulumi';
import { measureUntilExit } from './measure';
import { meshObjects } from './objects';

measureUntilExit();

new MeshStack(
  'shop',
  (chart) => {
    for (const object of meshObjects()) new ApiObject(chart, `${object.kind}-${object.metadata.name}`, { ...object });
  },
  { createNamespace: false },
);
