import { fields, has, text, placeOf, type Place } from '../../json';
import type { RuleContext } from './rule-context';

const DRY_RUN = 'istio.io/dry-run';
const INTERNAL = ['internal.istio.io/parents', 'internal.istio.io/parent-namespace'];
const REJECT = 'internal.istio.io/webhook-always-reject';

/** Rules of annotations that hold for every kind. */
export function checkAnnotations(kind: string, spec: unknown, context: RuleContext): void {
  const { annotations } = context;
  const at = (name: string): Place => placeOf('metadata', 'annotations', name);
  for (const name of INTERNAL) {
    if (has(annotations[name])) {
      context.error(
        at(name),
        undefined,
        'reserved-annotation',
        `The annotation "${name}" is Istio's own.`,
        'Leave it out.',
      );
    }
  }
  if (has(annotations[REJECT])) {
    context.error(
      at(REJECT),
      undefined,
      'always-reject',
      `The annotation "${REJECT}" makes the webhook refuse the object.`,
      'Leave it out.',
    );
  }
  const dryRun = annotations[DRY_RUN];
  if (!has(dryRun)) return;
  const action = text(fields(spec)['action']);
  if (kind !== 'AuthorizationPolicy') {
    context.error(
      at(DRY_RUN),
      dryRun,
      'reserved-annotation',
      `The annotation "${DRY_RUN}" is only for AuthorizationPolicy.`,
      'Leave it out.',
    );
  } else if (action === 'AUDIT' || action === 'CUSTOM') {
    context.error(
      at(DRY_RUN),
      dryRun,
      'reserved-annotation',
      `The annotation "${DRY_RUN}" is only for the actions ALLOW and DENY.`,
    );
  } else if (!/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text(dryRun))) {
    context.error(at(DRY_RUN), dryRun, 'unknown-value', `The annotation "${DRY_RUN}" is "true" or "false".`);
  }
}
