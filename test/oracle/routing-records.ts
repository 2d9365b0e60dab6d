import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** An object of a record's configuration. */
export interface RecordedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly spec?: Record<string, unknown>;
}

/** One request of a record and what was seen. */
export interface RecordedRequest {
  readonly request: {
    readonly method?: string;
    readonly scheme?: string;
    readonly host: string;
    readonly port: number;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly authority?: string;
    readonly sni?: string;
    readonly tcp?: boolean;
    readonly ip?: string;
  };
  readonly load?: unknown;
  readonly observed: {
    readonly n?: number;
    readonly status?: number | null;
    readonly destinations?: Readonly<Record<string, number>>;
    readonly routeName?: string;
    readonly responseFlags?: string;
    readonly tcpProxy?: boolean;
  };
}

/** A record of the routing oracle. */
export interface RoutingRecord {
  readonly id: string;
  readonly objects: readonly RecordedObject[];
  readonly proxy: { readonly kind: string; readonly namespace: string; readonly labels?: Record<string, string> };
  readonly defaultNamespace: string;
  readonly requests: readonly RecordedRequest[];
  readonly route: { readonly clusters?: Readonly<Record<string, Record<string, unknown>>> };
}

const folder = resolve(process.env['ISTIO_ORACLE'] ?? resolve(__dirname, '../../../shared/oracle'), 'routing/visible');

/** True when the records are there. */
export const hasRoutingRecords = existsSync(folder);

/** Every record, in the order of their names. */
export function routingRecords(): RoutingRecord[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const raw = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
      const objects = parseAllDocuments(raw['config'] as string).map((document) => document.toJSON() as RecordedObject);
      return {
        ...(raw as unknown as RoutingRecord),
        objects: objects.filter((object) => (object as RecordedObject | null) !== null),
        defaultNamespace: (raw['defaultNamespace'] as string | undefined) ?? 'default',
      };
    });
}
