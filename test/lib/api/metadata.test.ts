import { validate } from '../../../lib/api';

const fixOf = (metadata: object): (string | undefined)[] => {
  const object = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', spec: { selector: { istio: 'ingress' } } };
  const issues = validate({ ...object, metadata: { name: 'edge', namespace: 'shop', ...metadata } });
  return [...new Set(issues.filter(({ code }) => code === 'wrong-type').map(({ fix }) => fix))];
};

test.each([
  [{ labels: { app: 1 } }, 'Put it in quotes: "1".'],
  [{ annotations: { app: true } }, 'Put it in quotes: "true".'],
  [{ labels: { app: { b: 1 } } }, 'Give a string; labels and annotations hold nothing else.'],
  [{ annotations: { app: ['b'] } }, 'Give a string; labels and annotations hold nothing else.'],
])('refuses %j with a fix that can be followed', (metadata, fix) => {
  expect(fixOf(metadata)).toEqual([fix]);
});
