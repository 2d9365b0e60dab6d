import { RUNTIME_FIELDS, runtimeFieldsOf } from '../../../../lib/install';
import { names, render } from '../render';

describe('fields that the cluster writes', () => {
  test('are the certificate and failure policy of the validating webhook, and the certificate of injection', () => {
    const objects = render({ tags: ['prod'] });
    const found = objects.flatMap((object) =>
      runtimeFieldsOf(object).map((field) => [names([object])[0], ...field.pointers]),
    );
    expect(found).toContainEqual([
      'MutatingWebhookConfiguration istio-sidecar-injector',
      '/webhooks/*/clientConfig/caBundle',
    ]);
    expect(found).toContainEqual([
      'MutatingWebhookConfiguration istio-revision-tag-prod',
      '/webhooks/*/clientConfig/caBundle',
    ]);
    const [validation] = found.filter(
      ([name]) => name === 'ValidatingWebhookConfiguration istio-validator-istio-system',
    );
    expect(validation).toContain('/webhooks/*/clientConfig/caBundle');
    expect(validation).toContain('/webhooks/*/failurePolicy');
  });

  test('are the replicas of workloads that have an autoscaler', () => {
    const [autoscaled] = RUNTIME_FIELDS.filter((field) => field.owner === 'horizontal-pod-autoscaler');
    expect(autoscaled!.pointers).toEqual(['/spec/replicas']);
  });

  test('are none where the certificate is given', () => {
    const objects = render({ webhook: { validationCaBundle: 'Y2E=' } });
    const validator = objects.find((object) => object.kind === 'ValidatingWebhookConfiguration')!;
    expect(runtimeFieldsOf(validator)).toEqual([]);
  });
});
