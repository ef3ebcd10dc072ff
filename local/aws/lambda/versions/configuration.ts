import type { Structure } from "../../api/output";
import { derivedUuid } from "../../derived-uuid";
import { runtimeVersionArn } from "../runtime-version";
import type { FunctionVersion } from "./function-version";

/**
 * A version of a function, as Lambda's API tells it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 *
 * @param arn as it was asked for.
 */
export function configurationOf(version: FunctionVersion, arn: string): Structure {
  const { settings, archive, codeSha256, deployedAt } = version;
  const variables = Object.entries(settings.environment);
  return {
    FunctionName: settings.name,
    FunctionArn: arn,
    Runtime: settings.runtime,
    Role: settings.roleArn,
    Handler: settings.handler,
    CodeSize: archive.bytes,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMb,
    LastModified: deployedAt.toISOString().replace("Z", "+0000"),
    CodeSha256: codeSha256,
    Version: version.version,
    Environment: variables.length > 0 ? { Variables: new Map(variables) } : undefined,
    TracingConfig: { Mode: settings.tracing },
    RevisionId: revisionOf(version),
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

/**
 * The same with what lists do not tell.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 */
export function settledConfigurationOf(version: FunctionVersion, arn: string): Structure {
  const [, partition = "", , region = ""] = arn.split(":");
  const { runtime } = version.settings;
  return {
    ...configurationOf(version, arn),
    State: "Active",
    LastUpdateStatus: "Successful",
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(runtime, { partition, region }) },
  };
}

/** Another one after each change. */
export function revisionOf({ arn, version, deployedAt }: FunctionVersion): string {
  return derivedUuid([arn, version, deployedAt.toISOString()].join(" "));
}
