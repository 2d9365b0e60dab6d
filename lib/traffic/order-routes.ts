import type { MatchedRoute } from './contribution';
import { disjoint } from './match';

/**
 * Matched routes in the order they will stand in. Where two routes can take the same request, the one declared first
 * stays first; routes that can never meet go by the path of their construct. So the order of declaration shows in the
 * output exactly where it decides something.
 */
export function orderRoutes(declared: readonly MatchedRoute[]): MatchedRoute[] {
  const waitsFor = declared.map((route, index) =>
    declared.slice(0, index).flatMap((earlier, i) => (disjoint(earlier.match, route.match) ? [] : [i])),
  );
  const placed = new Set<number>();
  const ordered: MatchedRoute[] = [];
  while (ordered.length < declared.length) {
    let next: number | undefined;
    for (let i = 0; i < declared.length; i++) {
      if (placed.has(i) || !(waitsFor[i] ?? []).every((earlier) => placed.has(earlier))) continue;
      if (next === undefined || (declared[i]?.origin ?? '') < (declared[next]?.origin ?? '')) next = i;
    }
    const route = next === undefined ? undefined : declared[next];
    if (next === undefined || route === undefined) break;
    placed.add(next);
    ordered.push(route);
  }
  return ordered;
}
