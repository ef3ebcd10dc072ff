import type { Logs } from "../aws/logs/logs";
import type { Account } from "../aws/types";
import type { ResourceRequest, ResourceState, ResourceTypes } from "./resource";

interface LogGroupInputs {
  retentionInDays?: number;
  tags?: Record<string, string>;
}

/** The resource types of CloudWatch Logs. */
export function logsResources(logs: Logs, account: Account): ResourceTypes {
  return {
    "aws:cloudwatch/logGroup:LogGroup": (request) => createLogGroup(logs, account, request),
    "aws:cloudwatch/logStream:LogStream": (request) => createLogStream(logs, account, request),
  };
}

function createLogGroup(
  logs: Logs,
  account: Account,
  request: ResourceRequest,
): Promise<ResourceState> {
  const inputs = request.inputs as LogGroupInputs;
  const name = request.physicalName();
  // Pulumi writes "for ever" as 0, the API as no retention at all.
  const retentionInDays = inputs.retentionInDays === 0 ? undefined : inputs.retentionInDays;
  const { arn } = logs.createLogGroup({
    name,
    ...(retentionInDays !== undefined && { retentionInDays }),
  });
  return Promise.resolve({
    id: name,
    outputs: {
      deletionProtectionEnabled: false,
      logGroupClass: "STANDARD",
      ...request.inputs,
      name,
      arn,
      region: account.region,
      tagsAll: inputs.tags ?? {},
    },
  });
}

function createLogStream(
  logs: Logs,
  account: Account,
  request: ResourceRequest,
): Promise<ResourceState> {
  const { logGroupName } = request.inputs as { logGroupName: string };
  const name = request.physicalName();
  const { arn } = logs.createLogStream(logGroupName, name);
  return Promise.resolve({
    id: name,
    outputs: { ...request.inputs, name, arn, region: account.region },
  });
}
