import { status } from "@grpc/grpc-js";
import {
  ReadResourceResponse,
  ResourceInvokeResponse,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type {
  ReadResourceRequest,
  RegisterErrorHookRequest,
  RegisterResourceHookRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { messageOf } from "../message-of";
import type { Properties } from "../provider/resource";
import type { Deployment } from "./deployment";
import { deploymentInfo, features } from "./deployment-info";
import { fromStruct, structOf, toStruct } from "./properties";
import { Empty } from "./protobuf";
import type { Struct } from "./protobuf";
import { registeredResource, registrationResponse, transformable } from "./registration";
import { given, RpcError, unary } from "./rpc";
import { stackReferenceType } from "./stack-reference";
import type { Transforms } from "./transforms";
import { makeUrn } from "./urn";
import { requireResourceUrn, requireTypeToken, requireValid } from "./valid-request";

/**
 * The service by which the program registers its resources. Methods that are missing here answer
 * UNIMPLEMENTED, upon which the SDK takes the older way or says what it needs.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/resource.proto
 */
export function monitorHandlers(deployment: Deployment, transforms: Transforms) {
  return {
    getDeploymentInfo: unary(() => deploymentInfo(deployment.options)),
    supportsFeature: unary(supportsFeature),
    registerResource: unary((request: RegisterResourceRequest) =>
      registerResource(deployment, transforms, request),
    ),
    registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) =>
      registerResourceOutputs(deployment, request),
    ),
    readResource: unary((request: ReadResourceRequest) => readResource(deployment, request)),
    invoke: unary((request: ResourceInvokeRequest) => invoke(deployment, transforms, request)),
    registerStackTransform: unary((transform: Callback) => {
      transforms.addToStack(transform);
      return new Empty();
    }),
    registerStackInvokeTransform: unary((transform: Callback) => {
      transforms.addToInvokes(transform);
      return new Empty();
    }),
    registerResourceHook: unary((hook: RegisterResourceHookRequest) => {
      deployment.hooks.add(hook);
      return new Empty();
    }),
    registerErrorHook: unary((hook: RegisterErrorHookRequest) => {
      deployment.hooks.addErrorHook(hook);
      return new Empty();
    }),
    signalAndWaitForShutdown: unary(async () => {
      await deployment.succeed();
      return new Empty();
    }),
  };
}

function supportsFeature(request: SupportsFeatureRequest): SupportsFeatureResponse {
  return new SupportsFeatureResponse().setHassupport(features.has(request.getId()));
}

async function registerResource(
  deployment: Deployment,
  transforms: Transforms,
  request: RegisterResourceRequest,
): Promise<RegisterResourceResponse> {
  if (request.getRemote() && !deployment.judgeOnly) {
    throw new RpcError(
      status.UNIMPLEMENTED,
      `${request.getType()} is a component of a provider plugin, which the local engine cannot run; ` +
        "npm run policy judges the rest of the program",
    );
  }
  requireValid(request);
  const draft = transformable(request);
  const ownTransforms = request.getTransformsList();
  await transforms.transform(draft, ownTransforms);
  const resource = registeredResource(request, draft, deployment);
  transforms.addToResource(resource.urn, ownTransforms, resource.parent);
  return registrationResponse(resource, await deployment.register(resource));
}

async function registerResourceOutputs(
  deployment: Deployment,
  request: RegisterResourceOutputsRequest,
): Promise<Empty> {
  requireResourceUrn(request.getUrn());
  const resource = deployment.resources.get(request.getUrn());
  if (!resource) {
    const urn = request.getUrn();
    throw deployment.failures.fail(
      urn,
      `cannot complete a resource '${urn}' whose registration isn't pending`,
    );
  }
  await deployment.complete(resource, request.getOutputs()?.toJavaScript() ?? {});
  return new Empty();
}

/**
 * A resource that exists outside of the program. Where the program is only judged, what it knows of it
 * is echoed; a real run needs a real one, which the local cloud has not. Other stacks are known.
 */
async function readResource(
  deployment: Deployment,
  request: ReadResourceRequest,
): Promise<ReadResourceResponse> {
  const type = request.getType();
  requireTypeToken(type);
  const parent = given(request.getParent());
  const urn = makeUrn(deployment.identity, type, request.getName(), parent);
  const stack = request.getProperties()?.toJavaScript().name;
  if (type === stackReferenceType && typeof stack === "string" && stack !== unknownValue) {
    const properties = structOf(await deployment.readStack(urn, stack));
    deployment.reads.add(urn);
    return new ReadResourceResponse().setUrn(urn).setId(request.getId()).setProperties(properties);
  }
  if (!deployment.judgeOnly) {
    throw new RpcError(
      status.UNIMPLEMENTED,
      `${type} ${request.getId()} cannot be looked up: ` +
        "the local cloud has only the resources that the program creates",
    );
  }
  deployment.reads.add(urn);
  return new ReadResourceResponse()
    .setUrn(urn)
    .setId(request.getId())
    .setProperties(request.getProperties())
    .setUnknown(true);
}

async function invoke(
  deployment: Deployment,
  transforms: Transforms,
  request: ResourceInvokeRequest,
): Promise<ResourceInvokeResponse> {
  const token = request.getTok();
  const args = fromStruct(await transforms.transformInvoke(token, request.getArgs()));
  const provider = { provider: given(request.getProvider()), version: given(request.getVersion()) };
  const answer = await call(deployment, token, args.values, provider);
  return new ResourceInvokeResponse().setReturn(answer).setUnknown(answer === undefined);
}

async function call(
  deployment: Deployment,
  token: string,
  ...args: [values: Properties, reference: { provider?: string; version?: string }]
): Promise<Struct | undefined> {
  try {
    const answer = await deployment.invoke(token, ...args);
    return answer && (await toStruct(answer));
  } catch (error) {
    if (error instanceof RpcError) {
      throw error;
    }
    throw new RpcError(
      status.UNKNOWN,
      `invocation of ${token} returned an error: ${messageOf(error)}`,
    );
  }
}
