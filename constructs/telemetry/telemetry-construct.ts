import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { nameOfTarget, targetKey, type PolicyTarget } from '../../lib/targets';
import { checkTelemetry, lowerTelemetry, type TelemetryContribution } from '../../lib/telemetry';
import { lazily, addCheck } from '../tree';
import { Telemetry } from '../api';
import { MeshChart } from '../chart';
import { checkedTarget, type Target } from '../security';

const owners = new WeakMap<IConstruct, Map<string, TelemetryOwner>>();

/** The one owner of a target's Telemetry, for Istio takes one object per target and ignores a second. */
class TelemetryOwner extends Construct {
  private readonly wanted: TelemetryContribution[] = [];

  constructor(scope: Construct, id: string, target: PolicyTarget) {
    super(scope, id);
    new Telemetry(this, 'telemetry', {
      metadata: { name: nameOfTarget(target), namespace: target.namespace },
      spec: lazily(() => lowerTelemetry(target, this.wanted)),
    });
    const providers = MeshChart.meshOf(this)?.settings.extensionProviders ?? [];
    addCheck(this, () => checkTelemetry(target, this.wanted, providers));
  }

  static of(scope: Construct, target: PolicyTarget): TelemetryOwner {
    const known = owners.get(scope.node.root) ?? new Map<string, TelemetryOwner>();
    owners.set(scope.node.root, known);
    const key = targetKey(target);
    const owner = known.get(key) ?? new TelemetryOwner(Chart.of(scope), `telemetry ${key}`, target);
    known.set(key, owner);
    return owner;
  }

  contribute(contribution: TelemetryContribution): void {
    this.wanted.push(contribution);
  }
}

type Wanted = TelemetryContribution extends infer T ? (T extends unknown ? Omit<T, 'origin'> : never) : never;

/** A construct that wants something of the telemetry of a target, and is nothing but that. */
export abstract class TelemetryConstruct extends Construct {
  protected constructor(scope: Construct, id: string, target: Target | undefined, wanted: Wanted) {
    super(scope, id);
    const owner = TelemetryOwner.of(this, checkedTarget(this, target ?? 'namespace'));
    owner.contribute({ ...wanted, origin: this.node.path });
  }
}
