import {
  eventSourceSettings,
  type EventSourceMapping,
} from "../aws/lambda/event-sources/event-source-mapping";
import { mappingArn } from "../aws/lambda/event-sources/views";
import { functionArn } from "../aws/lambda/function-name";
import type { Lambda } from "../aws/lambda/lambda";
import type { Account } from "../aws/types";
import { withQualifier } from "./lambda-qualifier";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest } from "./resource";
import { stableUuid4 } from "./stable-uuid";

interface EventSourceMappingInputs {
  batchSize?: number;
  bisectBatchOnFunctionError?: boolean;
  destinationConfig?: { onFailure?: { destinationArn: string } };
  enabled?: boolean;
  eventSourceArn?: string;
  filterCriteria?: { filters?: { pattern?: string }[] };
  functionName: string;
  functionResponseTypes?: string[];
  maximumBatchingWindowInSeconds?: number;
  maximumRecordAgeInSeconds?: number;
  maximumRetryAttempts?: number;
  parallelizationFactor?: number;
  startingPosition?: "AT_TIMESTAMP" | "LATEST" | "TRIM_HORIZON";
  tags?: Record<string, string>;
}

/** Inputs without which a mapping would do something else than in AWS. */
const inputsNotEmulated = [
  "amazonManagedKafkaEventSourceConfig",
  "documentDbEventSourceConfig",
  "kmsKeyArn",
  "metricsConfig",
  "provisionedPollerConfig",
  "queues",
  "scalingConfig",
  "selfManagedEventSource",
  "selfManagedKafkaEventSourceConfig",
  "sourceAccessConfigurations",
  "startingPositionTimestamp",
  "topics",
];

/** Plans an event source mapping: a stream of DynamoDB and the function that gets its records. */
export function planEventSourceMapping(
  lambda: Lambda,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, inputsNotEmulated);
  const inputs = request.inputs as unknown as EventSourceMappingInputs;
  const uuid = stableUuid4(request, "eventSourceMapping", "a");
  const mapping = { ...definitionOf(request, inputs), uuid };
  eventSourceSettings(mapping);
  return {
    id: uuid,
    outputs: {
      batchSize: 100,
      maximumRecordAgeInSeconds: -1,
      maximumRetryAttempts: -1,
      parallelizationFactor: 1,
      ...request.inputs,
      uuid,
      arn: mappingArn(uuid, account),
      functionArn: functionArn(withQualifier(inputs.functionName, undefined, account), account),
      lastModified: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      lastProcessingResult: "No records processed",
      region: account.region,
      state: inputs.enabled === false ? "Disabled" : "Enabled",
      stateTransitionReason: "USER_INITIATED",
      tagsAll: inputs.tags ?? {},
    },
    create: () => {
      lambda.eventSources.put(mapping);
    },
    remove: () => {
      lambda.eventSources.delete(uuid);
    },
  };
}

function definitionOf(
  request: ResourceRequest,
  inputs: EventSourceMappingInputs,
): Omit<EventSourceMapping, "uuid"> {
  const { eventSourceArn, parallelizationFactor = 1, startingPosition } = inputs;
  if (eventSourceArn === undefined || startingPosition === "AT_TIMESTAMP") {
    throw new NotEmulated(request, "event sources that are no streams of DynamoDB");
  }
  if (parallelizationFactor > 1) {
    throw new NotEmulated(request, `parallelizationFactor ${parallelizationFactor}`);
  }
  const given = {
    startingPosition,
    enabled: inputs.enabled,
    batchSize: inputs.batchSize,
    maximumBatchingWindowSeconds: inputs.maximumBatchingWindowInSeconds,
    maximumRecordAgeSeconds: inputs.maximumRecordAgeInSeconds,
    maximumRetryAttempts: inputs.maximumRetryAttempts,
    bisectBatchOnFunctionError: inputs.bisectBatchOnFunctionError,
    reportsBatchItemFailures: inputs.functionResponseTypes?.includes("ReportBatchItemFailures"),
    filters: inputs.filterCriteria?.filters?.map(({ pattern = "" }) => pattern),
    onFailure: inputs.destinationConfig?.onFailure?.destinationArn,
    tags: inputs.tags,
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { functionName: inputs.functionName, eventSourceArn, ...Object.fromEntries(known) };
}
