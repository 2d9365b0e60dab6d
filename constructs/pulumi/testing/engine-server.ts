import type { handleUnaryCall, ServiceError } from '@grpc/grpc-js';
import type { IEngineServer } from '@pulumi/pulumi/proto/engine_grpc_pb';
import type { IResourceMonitorServer } from '@pulumi/pulumi/proto/resource_grpc_pb';
import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb';
import { decodeProperties } from './property-value';
import { readRequest, type RegisteredResource } from './registered-resource';
import { Empty, engineMessages, engineService, grpc, providerMessages, resourceMessages } from './sdk-wire';
import { resourceService, Struct } from './sdk-wire';
import { urnOf } from './urn';

/** A line that the program or the SDK logged. */
export interface LogLine {
  readonly severity: 'debug' | 'info' | 'warning' | 'error';
  readonly message: string;
}

/** What the provider side of the engine answers with. */
export interface EngineAnswers {
  readonly outputs: (resource: RegisteredResource) => Readonly<Record<string, unknown>>;
  readonly invoke: (token: string, args: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** What one run of a program left behind. */
export interface EngineRecord {
  readonly resources: RegisteredResource[];
  readonly logs: LogLine[];
  /** Outputs by URN, of components and of the stack. */
  readonly outputs: Map<string, Readonly<Record<string, unknown>>>;
}

const FEATURES = new Set(['secrets', 'resourceReferences', 'outputValues', 'aliasSpecs', 'deletedWith']);
const SEVERITIES = ['debug', 'info', 'warning', 'error'] as const;

interface Run {
  readonly project: string;
  readonly stack: string;
  readonly isPreview: boolean;
  readonly answers: EngineAnswers;
}

function failure(message: string): Partial<ServiceError> {
  return { code: grpc.status.INVALID_ARGUMENT, message, details: message };
}

/** `namespace/name` for Kubernetes objects, as their provider has it. */
function idOf(resource: RegisteredResource): string {
  const metadata = resource.inputs.metadata as { name?: unknown; namespace?: unknown } | undefined;
  if (!resource.type.startsWith('kubernetes:') || typeof metadata?.name !== 'string') return `${resource.name}-id`;
  return typeof metadata.namespace === 'string' ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}

/** A handler of the protocol from a function; what the function throws becomes the answer. */
function unary<Request, Response>(handle: (request: Request) => Response): handleUnaryCall<Request, Response> {
  return (call, reply) => {
    try {
      reply(null, handle(call.request));
    } catch (error) {
      reply(failure(error instanceof Error ? error.message : String(error)));
    }
  };
}

function acknowledge<Request>(): handleUnaryCall<Request, InstanceType<typeof Empty>> {
  return unary(() => new Empty());
}

function unsupported<Request, Response>(what: string): handleUnaryCall<Request, Response> {
  return (_call, reply) => {
    const details = `${what} is not supported by the test engine`;
    reply({ code: grpc.status.UNIMPLEMENTED, message: details, details });
  };
}

function propertiesOf(struct: { toJavaScript(): unknown } | undefined): Record<string, unknown> {
  return (struct?.toJavaScript() ?? {}) as Record<string, unknown>;
}

/** Resources as the engine takes them: the parent first, each URN once. */
function registrar(run: Run, record: EngineRecord) {
  const urns = new Set<string>();
  return (request: RegisterResourceRequest) => {
    const parent = request.getParent();
    const urn = urnOf(run.project, run.stack, parent, request.getType(), request.getName());
    if (urns.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    if (parent !== '' && !urns.has(parent)) throw new Error(`the parent ${parent} of ${urn} is not registered`);
    urns.add(urn);
    const resource = readRequest(request, urn);
    record.resources.push(resource);
    const response = new resourceMessages.RegisterResourceResponse();
    response.setUrn(urn);
    if (!resource.custom) return response;
    const added = run.isPreview ? {} : run.answers.outputs(resource);
    response.setObject(toStruct({ ...propertiesOf(request.getObject()), ...added }));
    if (!run.isPreview) response.setId(resource.importId === '' ? idOf(resource) : resource.importId);
    return response;
  };
}

function toStruct(properties: Readonly<Record<string, unknown>>) {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** What a program registers resources with. */
function monitor(run: Run, record: EngineRecord): IResourceMonitorServer {
  return {
    supportsFeature: unary((request) => {
      const response = new resourceMessages.SupportsFeatureResponse();
      response.setHassupport(FEATURES.has(request.getId()));
      return response;
    }),
    registerResource: unary(registrar(run, record)),
    registerResourceOutputs: unary((request) => {
      record.outputs.set(request.getUrn(), propertiesOf(request.getOutputs()));
      return new Empty();
    }),
    invoke: unary((request) => {
      const response = new providerMessages.InvokeResponse();
      const args = decodeProperties(propertiesOf(request.getArgs())).value;
      response.setReturn(toStruct(run.answers.invoke(request.getTok(), args)));
      return response;
    }),
    registerPackage: unary(() => {
      const response = new resourceMessages.RegisterPackageResponse();
      response.setRef('package');
      return response;
    }),
    registerStackTransform: acknowledge(),
    registerStackInvokeTransform: acknowledge(),
    registerResourceHook: acknowledge(),
    registerErrorHook: acknowledge(),
    signalAndWaitForShutdown: acknowledge(),
    call: unsupported('calling a method of a resource'),
    readResource: unsupported('reading an existing resource'),
    getDeploymentInfo: unsupported('getDeploymentInfo'),
  };
}

/** What a program logs to, and asks for its root. */
function engine(record: EngineRecord): IEngineServer {
  let root = '';
  return {
    log: unary((request) => {
      record.logs.push({ severity: SEVERITIES[request.getSeverity()], message: request.getMessage() });
      return new Empty();
    }),
    getRootResource: unary(() => {
      const response = new engineMessages.GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: unary((request) => {
      root = request.getUrn();
      return new engineMessages.SetRootResourceResponse();
    }),
    startDebugging: acknowledge(),
    requirePulumiVersion: unary(() => new engineMessages.RequirePulumiVersionResponse()),
  };
}

/** Starts the engine for one run on a free port of the loopback interface. */
export async function startEngine(run: Run): Promise<{ address: string; record: EngineRecord; stop: () => void }> {
  const record: EngineRecord = { resources: [], logs: [], outputs: new Map() };
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(resourceService.ResourceMonitorService, monitor(run, record));
  server.addService(engineService.EngineService, engine(record));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    record,
    stop: () => {
      server.forceShutdown();
    },
  };
}
