import {
  functionThrottleAlarms,
  functionUrlAlarms,
  queueAlarms,
  stageAlarms,
  tableThrottleAlarms,
} from "../../components/alarms";
import type { KnownSubjects } from "../../components/dashboard-subjects";
import { functionNames } from "../../components/function-names";

const named = (titles: readonly string[]) =>
  Object.fromEntries(titles.map((title) => [title, title]));

const events = ["render-image", "finalise-upload", "describe-image", "sweep-images"];
const tables = ["images", "image-tags", "idempotency", "records", "results"];
const functions = named(functionNames());
const byName = (titles: readonly string[]) =>
  Object.fromEntries(titles.map((name) => [name, { name }]));

/** A stack as it is by default, with names for what a deployment would name. */
export const sampleSubjects = {
  title: "darkroom-production",
  region: "us-east-1",
  alarms: [
    ...stageAlarms("darkroom", "darkroom-production", "v1"),
    ...functionUrlAlarms("darkroom", "render-image", "render-image"),
    ...functionThrottleAlarms(byName(events)),
    ...tableThrottleAlarms(Object.fromEntries(tables.map((name) => [name, { table: { name } }]))),
    ...queueAlarms("failures", "failures"),
  ],
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
