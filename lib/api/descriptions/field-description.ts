/** What one field means, with unit and default. */
export interface FieldDescription {
  readonly text: string;
  /** What to use instead, where Istio keeps the field for old documents only. */
  readonly deprecated?: string;
}
