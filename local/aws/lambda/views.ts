import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import type { RestCall, RestOperation } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { derivedUuid } from "../derived-uuid";
import { refuseParameters } from "../parse-input";
import type { Account } from "../types";
import type { CodeDownloads } from "./code-downloads";
import { eventSourceRoutes } from "./event-sources/views";
import {
  functionArn,
  functionReferenceOf,
  latest,
  qualified,
  unqualifiedNameOf,
} from "./function-name";
import { limits } from "./limits";
import { paged } from "./paged";
import type { FunctionRegistry } from "./registered-function";
import type { FunctionUrl } from "./urls/function-urls";
import { configurationOf, settled } from "./versions/configuration";
import type { FunctionTarget } from "./versions/function-target";
import { versionRoutes } from "./versions/views";

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
    refuseParameters(Object.fromEntries(query), ["MasterRegion"], "ListFunctions of Lambda");
    const { items, next } = paged(listed(lambda, query.get("FunctionVersion") === "ALL"), query);
    return { Functions: items, NextMarker: next };
  }),
  "GET /2015-03-31/functions/{name}": functionView(
    "GetFunction",
    (found, { downloads, lambda }) => {
      const { arn, version } = found;
      // Of the function, whatever the version.
      const { reservedConcurrency, tags } = lambda.find(found.name).version.settings;
      return {
        Configuration: { ...configurationOf(version, arn), ...settled },
        Code: {
          RepositoryType: "S3",
          Location: downloads.open(version.archive.file),
        },
        Tags: Object.keys(tags).length > 0 ? new Map(Object.entries(tags)) : undefined,
        Concurrency:
          reservedConcurrency === undefined
            ? undefined
            : { ReservedConcurrentExecutions: reservedConcurrency },
      };
    },
  ),
  "GET /2015-03-31/functions/{name}/configuration": functionView(
    "GetFunctionConfiguration",
    ({ arn, version }) => ({ ...configurationOf(version, arn), ...settled }),
  ),
  "GET /2015-03-31/functions/{name}/policy": functionView("GetPolicy", ({ arn, settings }) => {
    const { document } = settings.policy;
    if (!document) {
      throw notFound("The resource you requested does not exist.");
    }
    const Policy = JSON.stringify(document);
    return { Policy, RevisionId: derivedUuid(arn + Policy) };
  }),
  ...versionRoutes,
  ...eventSourceRoutes,
  "GET /2017-03-31/tags/{name+}": view("ListTags", ({ path }, context) => {
    const { version } = functionOf(path.name ?? "", "lambda:ListTags", context);
    return { Tags: new Map(Object.entries(version.settings.tags)) };
  }),
  "GET /2019-09-25/functions/{name}/event-invoke-config": functionView(
    "GetFunctionEventInvokeConfig",
    (found) => {
      const config = eventInvokeOf(found);
      if (!config) {
        throw notFound(`The function ${arnOf(found)} doesn't have an EventInvokeConfig`);
      }
      return config;
    },
  ),
  "GET /2019-09-25/functions/{name}/event-invoke-config/list": functionView(
    "ListFunctionEventInvokeConfigs",
    ({ name }, { lambda }) => {
      const qualifiers = [
        latest,
        ...lambda.versions.of(name).map(({ version }) => version),
        ...lambda.aliases.of(name).map((alias) => alias.name),
      ];
      const configs = qualifiers.map((each) => eventInvokeOf(lambda.find(qualified(name, each))));
      return { FunctionEventInvokeConfigs: configs.filter((config) => config !== undefined) };
    },
  ),
  "GET /2019-09-30/functions/{name}/concurrency": functionView(
    "GetFunctionConcurrency",
    ({ version }) => ({ ReservedConcurrentExecutions: version.settings.reservedConcurrency }),
  ),
  "GET /2020-06-30/functions/{name}/code-signing-config": functionView(
    "GetFunctionCodeSigningConfig",
    // No function has one here; AWS's answer is empty then.
    () => ({}),
  ),
  "GET /2021-07-20/functions/{name}/runtime-management-config": functionView(
    "GetRuntimeManagementConfig",
    ({ alias, arn }) => {
      if (alias) {
        throw new AwsError(
          "InvalidParameterValueException",
          `The qualifier must be ${latest} or a published version: ${alias.name}`,
        );
      }
      return { UpdateRuntimeOn: "Auto", FunctionArn: arn, RuntimeVersionArn: null };
    },
  ),
  "GET /2021-10-31/functions/{name}/url": functionView(
    "GetFunctionUrlConfig",
    async ({ name, qualifier }, { account, lambda }) => {
      const url = await lambda.urls.find(qualified(name, qualifier));
      if (!url) {
        throw notFound("The resource you requested does not exist.");
      }
      return urlConfigOf(url, lambda, account);
    },
  ),
  "GET /2021-10-31/functions/{name}/urls": functionView(
    "ListFunctionUrlConfigs",
    async ({ name }, { account, lambda }) => {
      const urls = await lambda.urls.of(name);
      return { FunctionUrlConfigs: urls.map((url) => urlConfigOf(url, lambda, account)) };
    },
  ),
  "GET /2024-08-31/functions/{name}/recursion-config": view(
    "GetFunctionRecursionConfig",
    ({ path }, context) => {
      const name = unqualifiedNameOf(path.name ?? "", context.account);
      functionOf(name, "lambda:GetFunctionRecursionConfig", context);
      return { RecursiveLoop: "Terminate" };
    },
  ),
};

function view(name: string, perform: View["perform"]): View {
  return { name, perform };
}

/** Of one function, whose name is in the path. */
function functionView(
  name: string,
  perform: (found: FunctionTarget, context: ViewContext) => Structure | Promise<Structure>,
): View {
  return view(name, ({ path, query }: RestCall, context) => {
    const { name: functionName, qualifier } = functionReferenceOf(path.name ?? "", context.account);
    const asked = query.get("Qualifier") ?? undefined;
    if (asked !== undefined && qualifier !== undefined && asked !== qualifier) {
      throw new AwsError(
        "InvalidParameterValueException",
        "The derived qualifier from the function name does not match the specified qualifier.",
      );
    }
    const reference = qualified(functionName, asked ?? qualifier);
    return perform(functionOf(reference, `lambda:${name}`, context), context);
  });
}

function functionOf(
  reference: string,
  action: string,
  { account, caller, lambda }: ViewContext,
): FunctionTarget {
  const { name, qualifier } = functionReferenceOf(reference, account);
  caller.require(action, qualified(functionArn(name, account), qualifier));
  return lambda.find(reference);
}

/** Functions as they are now, with their versions if these are asked for. */
function listed(lambda: FunctionRegistry, withVersions: boolean): Structure[] {
  return lambda.functions().flatMap((deployed) => {
    const { arn, settings } = deployed;
    if (!withVersions) {
      return [configurationOf(deployed, arn)];
    }
    const versions = [deployed, ...lambda.versions.of(settings.name)];
    return versions.map((each) => configurationOf(each, qualified(arn, each.version)));
  });
}

function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, 404);
}

/** As it is told where a qualifier belongs to it. */
function arnOf({ version, qualifier = latest }: FunctionTarget): string {
  return qualified(version.arn, qualifier);
}

function eventInvokeOf(target: FunctionTarget) {
  const { eventInvoke, eventInvokeSetAt } = target.settings;
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure } = eventInvoke;
  return (
    eventInvokeSetAt && {
      FunctionArn: arnOf(target),
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

function urlConfigOf(
  { functionName, url, config }: FunctionUrl & { url: string },
  lambda: FunctionRegistry,
  account: Account,
) {
  const { cors } = config;
  const at = lambda.find(functionName).version.deployedAt.toISOString();
  return {
    FunctionUrl: url,
    FunctionArn: functionArn(functionName, account),
    AuthType: config.authType,
    InvokeMode: config.invokeMode ?? "BUFFERED",
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
  };
}
