import { fromOperator, istioOperator } from '../../../../lib/install';
import type { IssueError } from '../../../../lib/findings';
import type { KubeObject } from '../../../../lib/manifest';
import { pairwise } from '../option-values';
import { refusals } from '../render';
import { objectsOf, specOf } from './rendered-by-charts';

describe('an IstioOperator object', () => {
  test('makes the objects it comes from, for every pair of options', () => {
    let differ = 0;
    for (const row of pairwise()) {
      const spec = specOf(row);
      let operator: KubeObject;
      try {
        operator = istioOperator(spec);
      } catch (error) {
        expect((error as IssueError).issues).toMatchObject([{ code: 'not-expressible' }]);
        differ++;
        continue;
      }
      expect(objectsOf(fromOperator([JSON.parse(JSON.stringify(operator))]))).toEqual(objectsOf(spec));
    }
    expect(differ).toBeLessThan(pairwise().length / 2);
  });

  test('says hub and tag, so that another istioctl installs the same', () => {
    expect(istioOperator(specOf({})).spec).toMatchObject({ hub: 'docker.io/istio', tag: '1.30.3' });
  });

  test('refuses gateways of one kind with settings of their own', () => {
    const spec = specOf({ ingress: [{ name: 'one', replicas: 1 }, { name: 'two' }] });
    expect(refusals(() => istioOperator(spec))).toMatchObject([{ code: 'not-expressible' }]);
  });
});
