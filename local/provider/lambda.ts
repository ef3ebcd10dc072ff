import type { asset } from "@pulumi/pulumi";

import { functionUri } from "../aws/apigateway/openapi/function-uri";
import { archiveHash } from "../aws/lambda/archive-hash";
import { settingsOf } from "../aws/lambda/function-definition";
import type { FunctionDefinition } from "../aws/lambda/function-definition";
import { functionArn, latest, qualified } from "../aws/lambda/function-name";
import type { Lambda } from "../aws/lambda/lambda";
import type { CodeOrigin } from "../aws/lambda/replaced-code";
import type { FunctionUrlAuthType } from "../aws/lambda/urls/function-url-config";
import type { Account } from "../aws/types";
import { planAlias } from "./lambda-alias";
import { withQualifier } from "./lambda-qualifier";
import { packArchive, sourcesOf } from "./pack-archive";
import { planEventSourceMapping } from "./lambda-event-source-mapping";
import { planFunctionUrl } from "./lambda-function-url";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceState, ResourceTypes } from "./resource";

interface FunctionInputs {
  architectures?: string[];
  code?: asset.Archive;
  description?: string;
  environment?: { variables?: Record<string, string> };
  ephemeralStorage?: { size?: number };
  handler?: string;
  loggingConfig?: LoggingInputs;
  memorySize?: number;
  publish?: boolean;
  reservedConcurrentExecutions?: number;
  role: string;
  runtime?: string;
  tags?: Record<string, string>;
  timeout?: number;
  tracingConfig?: { mode: "Active" | "PassThrough" };
}

interface LoggingInputs {
  logFormat: "JSON" | "Text";
  logGroup?: string;
  applicationLogLevel?: string;
  systemLogLevel?: string;
}

interface PermissionInputs {
  action: string;
  function: string;
  principal: string;
  qualifier?: string;
  sourceAccount?: string;
  sourceArn?: string;
  functionUrlAuthType?: FunctionUrlAuthType;
  invokedViaFunctionUrl?: boolean;
}

interface EventInvokeConfigInputs {
  destinationConfig?: {
    onFailure?: { destination: string };
    onSuccess?: { destination: string };
  };
  functionName: string;
  maximumEventAgeInSeconds?: number;
  maximumRetryAttempts?: number;
  qualifier?: string;
}

/** Inputs without which a function would do something else than in AWS. */
const functionInputsNotEmulated = [
  "capacityProviderConfig",
  "codeSigningConfigArn",
  "deadLetterConfig",
  "durableConfig",
  "fileSystemConfig",
  "imageConfig",
  "imageUri",
  "layers",
  "publishTo",
  "s3Bucket",
  "snapStart",
  "vpcConfig",
];

const permissionInputsNotEmulated = ["eventSourceToken", "principalOrgId"];

/** The resource types of Lambda. */
export function lambdaResources(lambda: Lambda, account: Account): ResourceTypes {
  return {
    "aws:lambda/alias:Alias": (request) => planAlias(lambda, account, request),
    "aws:lambda/function:Function": (request) => planFunction(lambda, account, request),
    "aws:lambda/functionUrl:FunctionUrl": (request) => planFunctionUrl(lambda, account, request),
    "aws:lambda/eventSourceMapping:EventSourceMapping": (request) =>
      planEventSourceMapping(lambda, account, request),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (request) =>
      planEventInvokeConfig(lambda, account, request),
    "aws:lambda/permission:Permission": (request) => planPermission(lambda, account, request),
  };
}

async function planFunction(
  lambda: Lambda,
  account: Account,
  request: ResourceRequest,
): Promise<PlannedResource> {
  refuseInputs(request, functionInputsNotEmulated);
  const inputs = request.inputs as unknown as FunctionInputs;
  if (inputs.code === undefined || inputs.handler === undefined || inputs.runtime === undefined) {
    throw new NotEmulated(request, "functions without code, handler and runtime");
  }
  const name = request.physicalName();
  const { code } = inputs;
  const zip = await packArchive(code, request.projectDir);
  const definition: FunctionDefinition = {
    ...definitionOf(name, zip, inputs, inputs.handler, inputs.runtime),
    ...(await codeOriginOf(code, request.projectDir)),
  };
  const current = { settings: settingsOf(definition), codeSha256: archiveHash(zip, "base64") };
  const { publish = false } = inputs;
  const version = publish
    ? lambda.versions.next(current)
    : (lambda.versions.of(name).at(-1)?.version ?? latest);
  return {
    id: name,
    outputs: outputsOf(request, account, { name, zip, version }),
    create: () => lambda.createFunction(definition, publish),
    update: () => lambda.updateFunction(definition, publish),
    remove: () => {
      lambda.deleteFunction(name);
    },
  };
}

/** Where a function's code comes from, and how it is packed again. */
export async function codeOriginOf(code: asset.Archive, projectDir: string): Promise<CodeOrigin> {
  return {
    sources: await sourcesOf(code, projectDir),
    repack: () => packArchive(code, projectDir),
  };
}

function definitionOf(
  name: string,
  zip: Uint8Array,
  inputs: FunctionInputs,
  handler: string,
  runtime: string,
): FunctionDefinition {
  const { environment, loggingConfig, tracingConfig } = inputs;
  return {
    name,
    zip,
    handler,
    runtime,
    roleArn: inputs.role,
    ...(inputs.description !== undefined && { description: inputs.description }),
    ...(inputs.architectures?.[0] !== undefined && { architecture: inputs.architectures[0] }),
    tags: inputs.tags ?? {},
    ...(environment?.variables !== undefined && { environment: environment.variables }),
    ...(inputs.timeout !== undefined && { timeoutSeconds: inputs.timeout }),
    ...(inputs.memorySize !== undefined && { memoryMb: inputs.memorySize }),
    ...loggingConfig,
    ...(tracingConfig !== undefined && { tracing: tracingConfig.mode }),
    // Pulumi writes "no reservation" as -1.
    ...((inputs.reservedConcurrentExecutions ?? -1) >= 0 && {
      reservedConcurrency: inputs.reservedConcurrentExecutions,
    }),
  };
}

function outputsOf(
  request: ResourceRequest,
  account: Account,
  { name, zip, version }: { name: string; zip: Uint8Array; version: string },
): ResourceState["outputs"] {
  const inputs = request.inputs as unknown as FunctionInputs;
  const arn = functionArn(name, account);
  // Of the version that was published last, if there is one.
  const qualifiedArn = qualified(arn, version);
  const sha256 = archiveHash(zip, "base64");
  return {
    architectures: ["x86_64"],
    ephemeralStorage: { size: 512 },
    loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${name}` },
    memorySize: 128,
    packageType: "Zip",
    reservedConcurrentExecutions: -1,
    timeout: 3,
    tracingConfig: { mode: "PassThrough" },
    sourceCodeHash: sha256,
    ...request.inputs,
    ...(inputs.loggingConfig && {
      loggingConfig: { logGroup: `/aws/lambda/${name}`, ...inputs.loggingConfig },
    }),
    name,
    arn,
    codeSha256: sha256,
    invokeArn: functionUri(account, arn),
    lastModified: new Date().toISOString().replace("Z", "+0000"),
    qualifiedArn,
    qualifiedInvokeArn: functionUri(account, qualifiedArn),
    region: account.region,
    responseStreamingInvokeArn: functionUri(
      account,
      arn,
      "2021-11-15",
      "response-streaming-invocations",
    ),
    signingJobArn: "",
    signingProfileVersionArn: "",
    sourceCodeSize: zip.length,
    tagsAll: inputs.tags ?? {},
    version,
  };
}

function planPermission(
  lambda: Lambda,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, permissionInputsNotEmulated);
  const inputs = request.inputs as unknown as PermissionInputs;
  const statementId = request.physicalName("statementId");
  const functionName = withQualifier(inputs.function, inputs.qualifier, account);
  const { sourceArn, sourceAccount, functionUrlAuthType, invokedViaFunctionUrl } = inputs;
  return {
    id: statementId,
    outputs: { ...request.inputs, statementId, region: account.region },
    create: () => {
      lambda.addPermission({
        functionName,
        statementId,
        action: inputs.action,
        principal: inputs.principal,
        ...(sourceArn !== undefined && { sourceArn }),
        ...(sourceAccount !== undefined && { sourceAccount }),
        ...(functionUrlAuthType !== undefined && { functionUrlAuthType }),
        ...(invokedViaFunctionUrl !== undefined && { invokedViaFunctionUrl }),
      });
    },
    remove: () => {
      lambda.removePermission(functionName, statementId);
    },
  };
}

function planEventInvokeConfig(
  lambda: Lambda,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as unknown as EventInvokeConfigInputs;
  const { destinationConfig, qualifier } = inputs;
  const functionName = withQualifier(inputs.functionName, qualifier, account);
  return {
    id: qualified(inputs.functionName, qualifier),
    outputs: { maximumRetryAttempts: 2, ...request.inputs, region: account.region },
    create: () => {
      lambda.putFunctionEventInvokeConfig(functionName, {
        maximumRetryAttempts: inputs.maximumRetryAttempts,
        maximumEventAgeSeconds: inputs.maximumEventAgeInSeconds,
        onSuccess: destinationConfig?.onSuccess?.destination,
        onFailure: destinationConfig?.onFailure?.destination,
      });
    },
    remove: () => {
      lambda.deleteFunctionEventInvokeConfig(functionName);
    },
  };
}
