import { inject } from '../../lib/injection/inject';
import { injectionSettings } from '../../lib/injection/settings';
import type { JsonObject } from '../../lib/json';
import { documents, hasOracle, oracleText, renderedSettings, withoutNulls } from './injection-oracle';

const suite = hasOracle ? describe : describe.skip;

const ISTIO = 'samples/istio-1.30.3/samples';
const WORKLOADS: Readonly<Record<string, readonly string[]>> = {
  bookinfo: [ISTIO, 'bookinfo/platform/kube/bookinfo.yaml'],
  fortio: [ISTIO, 'httpbin/sample-client/fortio-deploy.yaml'],
  httpbin: [ISTIO, 'httpbin/httpbin.yaml'],
  'sock-shop': ['samples/microservices-demo/deploy/kubernetes/complete-demo.yaml'],
};

/** What `istioctl kube-inject` makes of real applications, for three settings. */
suite('real workloads, as istioctl injects them', () => {
  const cases = Object.keys(WORKLOADS).flatMap((workload) =>
    ['default', 'mesh-config', 'native'].map((setting) => [workload, setting] as const),
  );

  test.each(cases)('%s with the settings %s', (workload, setting) => {
    const { mesh, values } = renderedSettings(setting === 'native' ? 'default' : setting);
    const settings = injectionSettings({ meshConfig: mesh, values });
    const objects = documents(oracleText(...(WORKLOADS[workload] ?? [])));
    const injected = objects.map((object) => inject(object, settings, { nativeSidecars: setting === 'native' }));
    expect(injected.flatMap((result) => result.issues)).toEqual([]);
    const expected: JsonObject[] = documents(oracleText('inject/visible', `${workload}.${setting}.yaml`));
    expect(injected.map((result) => withoutNulls(result.object))).toEqual(expected.map(withoutNulls));
  });
});
