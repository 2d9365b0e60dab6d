/** Placeholder until the grammar is here. */
export function celProblem(_expression: string): string | undefined {
  return undefined;
}
