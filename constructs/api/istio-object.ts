import { ApiObject, Chart, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { ISTIO_KINDS, validate, type IstioKind } from '../../lib/api';
import { type Issue, oneIssuePerPlace } from '../../lib/findings';
import { addCheck, attributeFinding, isCollecting } from '../tree';

/** Properties of an Istio object: the specification as Istio defines it, and the metadata. */
export interface IstioObjectProps<Spec> {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the id of the construct as name, the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;
  /** The specification, typed to the last field. */
  readonly spec: Spec;
}

/**
 * An object of Istio's API. It is a plain cdk8s ApiObject, so that every field reaches the output, with an explicit name
 * and namespace, and it is validated in every synth as the API server and istiod would.
 */
export abstract class IstioObject<Spec> extends ApiObject {
  /** The specification as it was given. */
  readonly spec: Spec;

  protected constructor(scope: Construct, id: string, kind: IstioKind, props: IstioObjectProps<Spec>) {
    super(scope, id, {
      apiVersion: ISTIO_KINDS[kind].apiVersion,
      kind,
      metadata: { name: id, namespace: Chart.of(scope).namespace ?? 'default', ...props.metadata },
      spec: props.spec,
    });
    this.spec = props.spec;
    addCheck(this, () => (isCollecting() ? [] : this.issues()));
  }

  private issues(): Issue[] {
    const object = this.toJson() as object;
    return oneIssuePerPlace(validate(object, { origin: this.node.path })).map((issue) =>
      attributeFinding(this, object, issue),
    );
  }
}

/** cdk8s calls every ApiObject an instance of every class derived from it; the kind tells ours apart. */
export function isKind(value: unknown, kind: IstioKind): boolean {
  return (
    (value as { readonly kind?: unknown } | null | undefined)?.kind === kind &&
    ApiObject.isApiObject(value) &&
    value.apiVersion.split('/')[0] === ISTIO_KINDS[kind].group
  );
}
