import { functionNames } from "../../components/functions/function-names";
import { alarmDefinitions } from "../../components/operations/alarm-definitions";
import type { KnownSubjects } from "../../components/operations/dashboard-subjects";

const named = (titles: readonly string[]) =>
  Object.fromEntries(titles.map((title) => [title, title]));

const tables = ["images", "image-tags", "idempotency", "records", "results"];
const functions = named(functionNames());
const byName = (titles: readonly string[]) =>
  Object.fromEntries(titles.map((name) => [name, { name }]));

/** The alarms of a stack without users, all of whose tables are on demand. */
export const sampleAlarms = alarmDefinitions("darkroom", {
  api: { name: "darkroom-production", stage: "v1" },
  urlFunctions: byName(["render-image"]),
  eventFunctions: byName(["finalise-upload", "describe-image", "sweep-images"]),
  tables: Object.fromEntries(
    tables.filter((name) => name !== "records").map((name) => [name, { table: { name } }]),
  ),
  queues: byName(["failures"]),
});

/** A stack as it is by default, with names for what a deployment would name. */
export const sampleSubjects = {
  title: "darkroom-production",
  region: "us-east-1",
  alarms: sampleAlarms,
  alarmArns: [
    ...["production", "api-errors", "api-failures", "api-latency", "render-image-errors"],
    ...["function-throttles", "table-throttles", "failures-messages"],
  ].map((name) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:darkroom-${name}`),
  api: { name: "darkroom-production", stage: "v1" },
  functions,
  logGroups: { ...functions, "access log": "access-log" },
  distributions: { images: "images", results: "results" },
  buckets: named(["images", "renditions", "results"]),
  tables: named(tables),
  metrics: {
    namespace: "Darkroom",
    dimensions: { service: "darkroom", stage: "production" },
  },
} as KnownSubjects;
