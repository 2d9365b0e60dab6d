import type { KubeObject } from '../../lib/manifest';

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
}

interface Version {
  readonly name: string;
  readonly schema: { readonly openAPIV3Schema: Schema };
}

/** What `kubectl explain --recursive` shows of a definition: every field of every version, and its description. */
export function fieldsOf(crd: KubeObject): ReadonlyMap<string, string | undefined> {
  const { versions } = crd['spec'] as { readonly versions: readonly Version[] };
  const fields = new Map<string, string | undefined>();
  const visit = (path: string, schema: Schema): void => {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      fields.set(`${path}.${name}`, field.description);
      visit(`${path}.${name}`, field);
    }
    if (schema.items !== undefined) visit(`${path}[]`, schema.items);
    if (schema.additionalProperties !== undefined) visit(`${path}{}`, schema.additionalProperties);
  };
  for (const { name, schema } of versions) {
    fields.set(name, schema.openAPIV3Schema.description);
    visit(name, schema.openAPIV3Schema);
  }
  return fields;
}
