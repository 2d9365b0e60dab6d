import { Agent, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { groupOf, type KubeObject } from '../../lib/manifest';
import type { ObjectRef } from '../../lib/findings';
import type { Connection } from './connection';

/** What the API server answered. */
export interface Answer {
  readonly status: number;
  /** The texts of the `Warning` headers. */
  readonly warnings: readonly string[];
  /** The parsed body; of a refusal, a Status with a message. */
  readonly body: Body;
}

/** A body as far as tests look into it. */
export type Body = Readonly<Record<string, unknown>> & {
  readonly message?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

/** Who applies: fields of other managers stay theirs. */
const MANAGER = 'istio-constructs';

/** The part of the Kubernetes API that applying manifests needs, over keep-alive connections. */
export class Client {
  readonly connection: Connection;
  readonly #agent: Agent;
  readonly #places = new Map<string, Promise<ReadonlyMap<string, { plural: string; namespaced: boolean }>>>();

  constructor(connection: Connection) {
    this.connection = connection;
    const { ca, cert, key } = connection;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 24, ca, cert, key });
  }

  /** Lets go of the connections. */
  close(): void {
    this.#agent.destroy();
  }

  /** One request; resolves for every answer of the server, refusals too. */
  request(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((done, failed) => {
      const sent = httpsRequest(
        new URL(path, this.connection.url),
        {
          method,
          agent: this.#agent,
          headers: {
            accept: 'application/json',
            ...(this.connection.token === undefined ? {} : { authorization: `Bearer ${this.connection.token}` }),
            ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', failed);
          response.on('end', () => {
            const raw = Buffer.concat(chunks).toString('utf8');
            done({
              status: response.statusCode ?? 0,
              warnings: warningTexts(response.rawHeaders),
              body: (raw.startsWith('{') ? JSON.parse(raw) : { message: raw }) as Body,
            });
          });
        },
      );
      sent.on('error', failed);
      sent.end(text);
    });
  }

  /** Server-side apply, strict about unknown and duplicate fields, taking over fields that others own. */
  async apply(object: KubeObject, options: { readonly dryRun?: boolean } = {}): Promise<Answer> {
    const query = `fieldManager=${MANAGER}&fieldValidation=Strict&force=true${options.dryRun === true ? '&dryRun=All' : ''}`;
    // An applied configuration is sent as YAML by content type; JSON is YAML.
    return this.request('PATCH', `${await this.pathOf(object)}?${query}`, object, 'application/apply-patch+yaml');
  }

  /** The object as the server has it. */
  async get(ref: KubeObject | ObjectRef): Promise<Answer> {
    return this.request('GET', await this.pathOf(ref));
  }

  /** Whether the server has the object; it has none of a kind that it does not know. */
  async exists(ref: KubeObject | ObjectRef): Promise<boolean> {
    const kinds = await this.#discover(ref.apiVersion);
    return kinds.has(ref.kind) && (await this.get(ref)).status !== 404;
  }

  /** Deletes an object and waits until it is gone. */
  async delete(ref: KubeObject | ObjectRef): Promise<void> {
    const path = await this.pathOf(ref);
    const answer = await this.request('DELETE', `${path}?propagationPolicy=Background`);
    if (answer.status >= 300 && answer.status !== 404) throw new Error(`DELETE ${path}: ${answer.body.message}`);
    if (ref.kind === 'Namespace' && this.connection.isBare) await this.#finishNamespace(path);
    for (const until = Date.now() + 60_000; (await this.request('GET', path)).status !== 404; await pause(20)) {
      if (Date.now() > until) throw new Error(`${path} is still there a minute after it was deleted`);
    }
    if (ref.kind === 'CustomResourceDefinition') this.forgetKinds();
  }

  /** Without controllers nobody clears the finalizer of an emptied namespace; it would stay Terminating for ever. */
  async #finishNamespace(path: string): Promise<void> {
    const { status, body } = await this.request('GET', path);
    if (status === 200) await this.request('PUT', `${path}/finalize`, { ...body, spec: { finalizers: [] } });
  }

  /** Custom resources have come or gone: what was learnt of the API's kinds no longer holds. */
  forgetKinds(): void {
    this.#places.clear();
  }

  /** Where an object lives, by what the server itself says of its kind. */
  async pathOf(ref: KubeObject | ObjectRef): Promise<string> {
    const meta = 'metadata' in ref ? (ref as KubeObject).metadata : (ref as ObjectRef);
    const { plural, namespaced } = await this.#place(ref.apiVersion, ref.kind);
    if (namespaced && meta.namespace === undefined) throw new Error(`${ref.kind} ${meta.name} has no namespace`);
    if (!namespaced && meta.namespace !== undefined) throw new Error(`${ref.kind} ${meta.name} has a namespace`);
    const namespace = meta.namespace === undefined ? '' : `/namespaces/${meta.namespace}`;
    return `${rootOf(ref.apiVersion)}${namespace}/${plural}/${encodeURIComponent(meta.name)}`;
  }

  async #place(apiVersion: string, kind: string): Promise<{ plural: string; namespaced: boolean }> {
    for (const until = Date.now() + 10_000; ; await pause(50)) {
      const known = this.#places.get(apiVersion) ?? this.#discover(apiVersion);
      this.#places.set(apiVersion, known);
      const place = (await known).get(kind);
      if (place !== undefined) return place;
      // A kind that was established a moment ago shows up in discovery a little later.
      this.#places.delete(apiVersion);
      if (Date.now() > until) throw new Error(`the server does not know ${apiVersion} ${kind}`);
    }
  }

  async #discover(apiVersion: string): Promise<ReadonlyMap<string, { plural: string; namespaced: boolean }>> {
    const { body } = await this.request('GET', rootOf(apiVersion));
    const resources = (body['resources'] ?? []) as readonly { name: string; kind: string; namespaced: boolean }[];
    return new Map(
      resources
        .filter(({ name }) => !name.includes('/'))
        .map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]),
    );
  }
}

function rootOf(apiVersion: string): string {
  return groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
}

/** `299 - "text"`, one or more to a header line; the text escapes quotes and backslashes. */
function warningTexts(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((value, index) =>
    index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'warning'
      ? [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => (match[1] ?? '').replace(/\\(.)/g, '$1'))
      : [],
  );
}
