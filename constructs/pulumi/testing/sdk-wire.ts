import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Grpc from '@grpc/grpc-js';
import type * as EngineMessages from '@pulumi/pulumi/proto/engine_pb';
import type * as EngineService from '@pulumi/pulumi/proto/engine_grpc_pb';
import type * as ProviderMessages from '@pulumi/pulumi/proto/provider_pb';
import type * as ResourceMessages from '@pulumi/pulumi/proto/resource_pb';
import type * as ResourceService from '@pulumi/pulumi/proto/resource_grpc_pb';
import type * as EmptyMessage from 'google-protobuf/google/protobuf/empty_pb';
import type * as StructMessage from 'google-protobuf/google/protobuf/struct_pb';

/**
 * The SDK's own copies of gRPC and protobuf. The messages of its protocol are classes, so another copy would not do; and a
 * user of this package has these two only because the SDK brings them.
 */
const sdkFile = require.resolve('@pulumi/pulumi/package.json');
const fromSdk = createRequire(sdkFile);

export const grpc = fromSdk('@grpc/grpc-js') as typeof Grpc;
export const { Empty } = fromSdk('google-protobuf/google/protobuf/empty_pb.js') as typeof EmptyMessage;
export const { Struct } = fromSdk('google-protobuf/google/protobuf/struct_pb.js') as typeof StructMessage;
export const resourceMessages = fromSdk('./proto/resource_pb.js') as typeof ResourceMessages;
export const resourceService = fromSdk('./proto/resource_grpc_pb.js') as typeof ResourceService;
export const engineMessages = fromSdk('./proto/engine_pb.js') as typeof EngineMessages;
export const engineService = fromSdk('./proto/engine_grpc_pb.js') as typeof EngineService;
export const providerMessages = fromSdk('./proto/provider_pb.js') as typeof ProviderMessages;

/** The program that the Pulumi CLI runs for Node.js. */
export const RUN_COMMAND = join(dirname(sdkFile), 'cmd', 'run');
