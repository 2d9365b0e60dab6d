import { proxyUser } from '../../../lib/injection/proxy-user';

test('on OpenShift the proxy runs as the last user of its namespace', () => {
  expect(proxyUser()).toEqual({ uid: 1337, gid: 1337 });
  expect(proxyUser({ 'openshift.io/sa.scc.uid-range': '1000620000/10000' })).toEqual({
    uid: 1000629999,
    gid: 1000629999,
  });
  expect(
    proxyUser({
      'openshift.io/sa.scc.uid-range': '10-20',
      'openshift.io/sa.scc.supplemental-groups': '30/10,50/10',
    }),
  ).toEqual({ uid: 20, gid: 39 });
});
