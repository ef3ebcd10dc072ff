import { regionalArn } from "../aws/arn";
import { checkKey, checkLogGroup } from "../aws/logs/logs";
import type { Logs } from "../aws/logs/logs";
import { checkQueryDefinition } from "../aws/logs/query-definitions";
import type { Account } from "../aws/types";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";
import { stableUuid } from "./stable-uuid";

interface LogGroupInputs {
  deletionProtectionEnabled?: boolean;
  kmsKeyId?: string;
  retentionInDays?: number;
  tags?: Record<string, string>;
}

interface QueryDefinitionInputs {
  queryString: string;
  logGroupNames?: string[];
}

/** The resource types of CloudWatch Logs. */
export function logsResources(logs: Logs, account: Account): ResourceTypes {
  return {
    "aws:cloudwatch/logGroup:LogGroup": (request) => planLogGroup(logs, account, request),
    "aws:cloudwatch/logStream:LogStream": (request) => planLogStream(logs, account, request),
    "aws:cloudwatch/queryDefinition:QueryDefinition": (request) =>
      planQueryDefinition(logs, account, request),
  };
}

function planLogGroup(logs: Logs, account: Account, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as LogGroupInputs;
  const name = request.physicalName();
  // Pulumi writes "for ever" as 0, the API as no retention at all.
  const retentionInDays = inputs.retentionInDays === 0 ? undefined : inputs.retentionInDays;
  const { kmsKeyId, deletionProtectionEnabled, tags = {} } = inputs;
  const definition = { name, retentionInDays, tags, kmsKeyId, deletionProtectionEnabled };
  checkLogGroup(name, retentionInDays);
  checkKey(kmsKeyId);
  return {
    id: name,
    outputs: {
      deletionProtectionEnabled: false,
      logGroupClass: "STANDARD",
      ...request.inputs,
      name,
      arn: regionalArn(account, "logs", `log-group:${name}`),
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      logs.createLogGroup(definition);
    },
    update: () => {
      logs.putRetentionPolicy(definition);
    },
    remove: () => {
      logs.deleteLogGroup(name);
    },
  };
}

function planLogStream(logs: Logs, account: Account, request: ResourceRequest): PlannedResource {
  const { logGroupName } = request.inputs as { logGroupName: string };
  const name = request.physicalName();
  const arn = regionalArn(account, "logs", `log-group:${logGroupName}:log-stream:${name}`);
  return {
    id: name,
    outputs: { ...request.inputs, name, arn, region: account.region },
    create: () => {
      logs.createLogStream(logGroupName, name);
    },
    // Nothing of a stream can be changed.
    update: () => undefined,
    remove: () => {
      logs.deleteLogStream(logGroupName, name);
    },
  };
}

function planQueryDefinition(
  logs: Logs,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const { queryString, logGroupNames = [] } = request.inputs as unknown as QueryDefinitionInputs;
  const name = request.physicalName();
  const id = stableUuid(request);
  const definition = { id, name, queryString, logGroupNames };
  checkQueryDefinition(definition);
  return {
    id,
    outputs: { ...request.inputs, name, queryDefinitionId: id, region: account.region },
    create: () => {
      logs.queryDefinitions.put(definition);
    },
    remove: () => {
      logs.queryDefinitions.delete(id);
    },
  };
}
