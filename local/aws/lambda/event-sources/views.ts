import type { Caller } from "../../api/caller";
import type { Structure } from "../../api/output";
import type { RestOperation } from "../../api/rest-api";
import { regionalArn } from "../../arn";
import type { Account } from "../../types";
import { functionArn, functionReferenceOf, nameShapes, qualified } from "../function-name";
import { requireShape, shapeOf } from "../member-shape";
import { noResource } from "../no-resource";
import { paged } from "../paged";
import type { MappingRegistry, RunningMapping } from "./running-mapping";

/** What the operations work with. */
interface ViewContext {
  account: Account;
  caller: Caller;
  lambda: { eventSources: MappingRegistry };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
const sourceShape = shapeOf(
  String.raw`arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)`,
);

/** Mappings are made and changed by the program alone. */
export const eventSourceRoutes: Readonly<Record<string, RestOperation<ViewContext>>> = {
  "GET /2015-03-31/event-source-mappings": {
    name: "ListEventSourceMappings",
    perform: ({ query }, { account, caller, lambda }) => {
      caller.require("lambda:ListEventSourceMappings", "*");
      const source = query.get("EventSourceArn");
      const name = query.get("FunctionName");
      if (source !== null) {
        requireShape("eventSourceArn", source, sourceShape);
      }
      const asked =
        name === null ? undefined : functionReferenceOf(name, account, nameShapes.plain);
      const arn = asked && qualified(functionArn(asked.name, account), asked.qualifier);
      const found = lambda.eventSources
        .all()
        .filter(({ settings }) => source === null || settings.eventSourceArn === source)
        .filter(({ functionArn }) => arn === undefined || functionArn === arn);
      const { items, next } = paged(found, query, { atOnce: 100 });
      return {
        EventSourceMappings: items.map((mapping) => described(mapping, account)),
        NextMarker: next,
      };
    },
  },
  "GET /2015-03-31/event-source-mappings/{uuid}": {
    name: "GetEventSourceMapping",
    perform: ({ path }, { account, caller, lambda }) => {
      const { uuid = "" } = path;
      caller.require("lambda:GetEventSourceMapping", mappingArn(uuid, account));
      const mapping = lambda.eventSources.find(uuid);
      if (!mapping) {
        throw noResource();
      }
      return described(mapping, account);
    },
  },
};

/** The ARN of a mapping. */
export function mappingArn(uuid: string, account: Account): string {
  return regionalArn(account, "lambda", `event-source-mapping:${uuid}`);
}

function described(mapping: RunningMapping, account: Account): Structure {
  const { settings, functionArn: FunctionArn, modifiedAt, lastResult } = mapping;
  const { onFailure, filters } = settings;
  return {
    UUID: settings.uuid,
    EventSourceMappingArn: mappingArn(settings.uuid, account),
    EventSourceArn: settings.eventSourceArn,
    FunctionArn,
    StartingPosition: settings.startingPosition,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.maximumBatchingWindowSeconds,
    ParallelizationFactor: 1,
    TumblingWindowInSeconds: 0,
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    BisectBatchOnFunctionError: settings.bisectBatchOnFunctionError,
    FunctionResponseTypes: settings.reportsBatchItemFailures ? ["ReportBatchItemFailures"] : [],
    FilterCriteria:
      filters.length > 0 ? { Filters: filters.map((Pattern) => ({ Pattern })) } : undefined,
    DestinationConfig: { OnFailure: onFailure === undefined ? {} : { Destination: onFailure } },
    State: settings.enabled ? "Enabled" : "Disabled",
    StateTransitionReason: "User action",
    LastModified: modifiedAt,
    LastProcessingResult: lastResult,
  };
}
