/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object whose fields the API leaves open. */
export interface JsonObject {
  readonly [field: string]: Json | undefined;
}
