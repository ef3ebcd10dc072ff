import type { Structure } from "../api/output";
import { AwsError } from "../aws-error";
import { derivedUuid } from "../derived-uuid";
import { refuseParameters } from "../parse-input";
import { eventSourceRoutes } from "./event-sources/views";
import { latest, nameShapes, qualified } from "./function-name";
import { configsAtOnce, functionView, type View, view } from "./function-view";
import { invalidMember } from "./invalid-member";
import { limits } from "./limits";
import { noResource, notFound } from "./no-resource";
import { paged } from "./paged";
import type { FunctionRegistry } from "./registered-function";
import { tagsOf } from "./tags";
import { urlRoutes } from "./urls/views";
import { configurationOf, settledConfigurationOf } from "./versions/configuration";
import type { FunctionTarget } from "./versions/function-target";
import { versionRoutes } from "./versions/views";

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
    const version = query.get("FunctionVersion");
    if (version !== null && version !== "ALL") {
      const constraint = "Member must satisfy enum value set: [ALL]";
      throw invalidMember("functionVersion", version, constraint);
    }
    const { items, next } = paged(listed(lambda, version === "ALL"), query);
    return { Functions: items, NextMarker: next };
  }),
  "GET /2015-03-31/functions/{name}": functionView(
    "GetFunction",
    (found, { downloads, lambda }) => {
      const { arn, version } = found;
      // Of the function, whatever the version.
      const { reservedConcurrency, tags } = lambda.find(found.name).version.settings;
      return {
        Configuration: settledConfigurationOf(version, arn),
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
    ({ arn, version }) => settledConfigurationOf(version, arn),
  ),
  "GET /2015-03-31/functions/{name}/policy": functionView(
    "GetPolicy",
    ({ arn, settings }) => {
      const { document } = settings.policy;
      if (!document) {
        throw noResource();
      }
      const Policy = JSON.stringify(document);
      return { Policy, RevisionId: derivedUuid(arn + Policy) };
    },
    { missing: noResource },
  ),
  ...versionRoutes,
  ...eventSourceRoutes,
  ...urlRoutes,
  "GET /2017-03-31/tags/{name+}": view("ListTags", ({ path }, context) => ({
    Tags: new Map(Object.entries(tagsOf(path.name ?? "", context))),
  })),
  "GET /2019-09-25/functions/{name}/event-invoke-config": functionView(
    "GetFunctionEventInvokeConfig",
    (found) => {
      const config = eventInvokeOf(found);
      if (!config) {
        throw noEventInvokeConfig(arnOf(found));
      }
      return config;
    },
    { shape: nameShapes.plain, missing: noEventInvokeConfig },
  ),
  "GET /2019-09-25/functions/{name}/event-invoke-config/list": functionView(
    "ListFunctionEventInvokeConfigs",
    ({ name }, { lambda }, { query }) => {
      const qualifiers = [
        latest,
        ...lambda.versions.of(name).map(({ version }) => version),
        ...lambda.aliases.of(name).map((alias) => alias.name),
      ];
      const configs = qualifiers.map((each) => eventInvokeOf(lambda.find(qualified(name, each))));
      const set = configs.filter((config) => config !== undefined);
      const { items, next } = paged(set, query, { most: configsAtOnce });
      return { FunctionEventInvokeConfigs: items, NextMarker: next };
    },
    { shape: nameShapes.plain, missing: () => notFound("The function doesn't exist.") },
  ),
  "GET /2019-09-30/functions/{name}/concurrency": functionView(
    "GetFunctionConcurrency",
    ({ version }) => ({ ReservedConcurrentExecutions: version.settings.reservedConcurrency }),
    { shape: nameShapes.plain },
  ),
  "GET /2020-06-30/functions/{name}/code-signing-config": functionView(
    "GetFunctionCodeSigningConfig",
    // No function has one here; AWS's answer is empty then.
    () => ({}),
    { shape: nameShapes.plain },
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
  "GET /2024-08-31/functions/{name}/recursion-config": functionView(
    "GetFunctionRecursionConfig",
    () => ({ RecursiveLoop: "Terminate" }),
    { shape: nameShapes.unqualified },
  ),
};

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

function noEventInvokeConfig(arn: string): AwsError {
  return notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
}

/** As it is told where a qualifier belongs to it. */
function arnOf({ version, qualifier = latest }: FunctionTarget): string {
  return qualified(version.arn, qualifier);
}

function eventInvokeOf(target: FunctionTarget) {
  const { eventInvokeSet: set } = target.settings;
  if (!set) {
    return undefined;
  }
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure } = set.config;
  return {
    FunctionArn: arnOf(target),
    LastModified: set.at,
    // What was left out is not told.
    MaximumRetryAttempts: maximumRetryAttempts,
    MaximumEventAgeInSeconds: maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}
