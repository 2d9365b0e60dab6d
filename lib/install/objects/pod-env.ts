import { dropUndefined } from '../../json';
import { textOf } from './object';

/** An environment variable with a plain value. */
export function env(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return { name, value: textOf(value) };
}

/** An environment variable from a field of the pod; some of Istio's name the version of the field's API. */
export function envFromField(name: string, fieldPath: string, apiVersion?: 'v1'): Readonly<Record<string, unknown>> {
  return { name, valueFrom: { fieldRef: dropUndefined({ apiVersion, fieldPath }) } };
}

/** An environment variable from a resource limit of the container. */
export function envFromLimit(name: string, resource: string): Readonly<Record<string, unknown>> {
  return { name, valueFrom: { resourceFieldRef: { divisor: '1', resource } } };
}

/** A map of environment variables, in the order of their names. */
export function envOfMap(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>[] {
  return Object.keys(map)
    .sort()
    .map((name) => env(name, map[name]));
}
