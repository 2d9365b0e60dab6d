/** One break of the import law: a sentence about rooms, and the places that make it true. */
export interface Break {
  readonly what: string;
  readonly where: readonly string[];
}
