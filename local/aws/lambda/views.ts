import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import type { RestCall, RestOperation } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { derivedUuid } from "../derived-uuid";
import type { Account } from "../types";
import type { CodeDownloads } from "./code-downloads";
import { eventSourceRoutes } from "./event-sources/views";
import type { DeployedFunction } from "./execution-environment";
import { functionArn, functionNameOf } from "./function-name";
import { limits } from "./limits";
import { paged } from "./paged";
import type { FunctionRegistry, RegisteredFunction } from "./registered-function";

/** What the operations work with. */
export interface ViewContext {
  account: Account;
  caller: Caller;
  lambda: FunctionRegistry;
  downloads: CodeDownloads;
}

type View = RestOperation<ViewContext>;

const maxConcurrency = 1000;

/** Functions are made and changed by the program alone. */
export const viewRoutes: Readonly<Record<string, View>> = {
  "GET /2016-08-19/account-settings": view("GetAccountSettings", (_call, { caller, lambda }) => {
    caller.require("lambda:GetAccountSettings", "*");
    const functions = lambda.functions();
    const reserved = functions.map(({ settings }) => settings.reservedConcurrency ?? 0);
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: limits.unzippedBytes,
        CodeSizeZipped: limits.zipBytes,
        ConcurrentExecutions: maxConcurrency,
        UnreservedConcurrentExecutions: maxConcurrency - reserved.reduce((a, b) => a + b, 0),
      },
      AccountUsage: {
        TotalCodeSize: functions.reduce((sum, { archive }) => sum + archive.bytes, 0),
        FunctionCount: functions.length,
      },
    };
  }),
  "GET /2015-03-31/functions": view("ListFunctions", ({ query }, { caller, lambda }) => {
    caller.require("lambda:ListFunctions", "*");
    const { items, next } = paged(lambda.functions(), query);
    return { Functions: items.map(configurationOf), NextMarker: next };
  }),
  "GET /2015-03-31/functions/{name}": functionView("GetFunction", (found, { downloads }) => {
    const { deployed } = found;
    const { reservedConcurrency, tags } = deployed.settings;
    return {
      Configuration: { ...configurationOf(deployed), ...settled },
      Code: {
        RepositoryType: "S3",
        Location: downloads.open(deployed.archive.file),
      },
      Tags: Object.keys(tags).length > 0 ? new Map(Object.entries(tags)) : undefined,
      Concurrency:
        reservedConcurrency === undefined
          ? undefined
          : { ReservedConcurrentExecutions: reservedConcurrency },
    };
  }),
  "GET /2015-03-31/functions/{name}/configuration": functionView(
    "GetFunctionConfiguration",
    ({ deployed }) => ({ ...configurationOf(deployed), ...settled }),
  ),
  "GET /2015-03-31/functions/{name}/policy": functionView("GetPolicy", ({ deployed, policy }) => {
    if (!policy.document) {
      throw notFound("The resource you requested does not exist.");
    }
    const Policy = JSON.stringify(policy.document);
    return { Policy, RevisionId: derivedUuid(deployed.arn + Policy) };
  }),
  "GET /2015-03-31/functions/{name}/versions": functionView(
    "ListVersionsByFunction",
    ({ deployed }) => ({
      Versions: [{ ...configurationOf(deployed), FunctionArn: `${deployed.arn}:$LATEST` }],
    }),
  ),
  "GET /2015-03-31/functions/{name}/aliases": functionView("ListAliases", () => ({ Aliases: [] })),
  ...eventSourceRoutes,
  "GET /2017-03-31/tags/{name+}": view("ListTags", ({ path }, context) => {
    const { deployed } = functionOf(path.name ?? "", "lambda:ListTags", context);
    return { Tags: new Map(Object.entries(deployed.settings.tags)) };
  }),
  "GET /2019-09-25/functions/{name}/event-invoke-config": functionView(
    "GetFunctionEventInvokeConfig",
    (found) => {
      const config = eventInvokeOf(found);
      if (!config) {
        const { arn } = found.deployed;
        throw notFound(`The function ${arn}:$LATEST doesn't have an EventInvokeConfig`);
      }
      return config;
    },
  ),
  "GET /2019-09-25/functions/{name}/event-invoke-config/list": functionView(
    "ListFunctionEventInvokeConfigs",
    (found) => {
      const config = eventInvokeOf(found);
      return { FunctionEventInvokeConfigs: config ? [config] : [] };
    },
  ),
  "GET /2019-09-30/functions/{name}/concurrency": functionView(
    "GetFunctionConcurrency",
    ({ deployed }) => ({ ReservedConcurrentExecutions: deployed.settings.reservedConcurrency }),
  ),
  "GET /2021-10-31/functions/{name}/url": functionView(
    "GetFunctionUrlConfig",
    async (found, context) => {
      const config = await urlConfigOf(found, context);
      if (!config) {
        throw notFound("The resource you requested does not exist.");
      }
      return config;
    },
  ),
  "GET /2021-10-31/functions/{name}/urls": functionView(
    "ListFunctionUrlConfigs",
    async (found, context) => {
      const config = await urlConfigOf(found, context);
      return { FunctionUrlConfigs: config ? [config] : [] };
    },
  ),
};

function view(name: string, perform: View["perform"]): View {
  return { name, perform };
}

/** Of one function, whose name is in the path. */
function functionView(
  name: string,
  perform: (found: RegisteredFunction, context: ViewContext) => Structure | Promise<Structure>,
): View {
  return view(name, ({ path, query }: RestCall, context) => {
    const qualifier = query.get("Qualifier");
    const reference = (path.name ?? "") + (qualifier === null ? "" : `:${qualifier}`);
    return perform(functionOf(reference, `lambda:${name}`, context), context);
  });
}

function functionOf(
  reference: string,
  action: string,
  { account, caller, lambda }: ViewContext,
): RegisteredFunction {
  const arn = functionArn(functionNameOf(reference, account), account);
  caller.require(action, arn);
  return lambda.find(reference);
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, 404);
}

/** What lists do not tell. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
const settled = { State: "Active", LastUpdateStatus: "Successful" };

function configurationOf({ settings, ...deployed }: DeployedFunction): Structure {
  const variables = Object.entries(settings.environment);
  return {
    FunctionName: settings.name,
    FunctionArn: deployed.arn,
    Runtime: settings.runtime,
    Role: settings.roleArn,
    Handler: settings.handler,
    CodeSize: deployed.archive.bytes,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    LastModified: deployed.deployedAt.toISOString().replace("Z", "+0000"),
    CodeSha256: deployed.codeSha256,
    Version: "$LATEST",
    Environment: variables.length > 0 ? { Variables: new Map(variables) } : undefined,
    TracingConfig: { Mode: settings.tracing },
    RevisionId: derivedUuid(deployed.arn + deployed.deployedAt.toISOString()),
    PackageType: "Zip",
    Architectures: [settings.architecture],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: {
      LogFormat: settings.logFormat,
      LogGroup: settings.logGroup,
      ...(settings.logFormat === "JSON" && {
        ApplicationLogLevel: settings.applicationLogLevel,
        SystemLogLevel: settings.systemLogLevel,
      }),
    },
  };
}

function eventInvokeOf({ deployed, eventInvoke, eventInvokeSetAt }: RegisteredFunction) {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure } = eventInvoke;
  return (
    eventInvokeSetAt && {
      FunctionArn: `${deployed.arn}:$LATEST`,
      LastModified: eventInvokeSetAt,
      MaximumRetryAttempts: maximumRetryAttempts,
      MaximumEventAgeInSeconds: maximumEventAgeSeconds,
      DestinationConfig: {
        OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
        OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
      },
    }
  );
}

async function urlConfigOf({ deployed }: RegisteredFunction, { lambda }: ViewContext) {
  const found = await lambda.urls.find(deployed.settings.name);
  const cors = found?.config.cors;
  const at = deployed.deployedAt.toISOString();
  return (
    found && {
      FunctionUrl: found.url,
      FunctionArn: deployed.arn,
      AuthType: found.config.authType,
      InvokeMode: found.config.invokeMode ?? "BUFFERED",
      CreationTime: at,
      LastModifiedTime: at,
      Cors: cors && {
        AllowCredentials: cors.allowCredentials,
        AllowHeaders: cors.allowHeaders,
        AllowMethods: cors.allowMethods,
        AllowOrigins: cors.allowOrigins,
        ExposeHeaders: cors.exposeHeaders,
        MaxAge: cors.maxAge,
      },
    }
  );
}
