import { sampleAlarms as alarms } from "../operations/sample-subjects";
import { bytesPerGb, type Line, logBytes } from "./usage";

/** Hours of a month, as AWS counts them. */
const hoursPerMonth = 730;

/** Assumed: what a sweep takes that finds nothing, and the memory that it has. */
const sweep = { seconds: 0.5, gigabytes: 0.5 };

/** Metrics of all alarms: each is billed wherever it is watched, also where it has no data. */
export const alarmMetrics = alarms.reduce(
  (sum, { watched }) => sum + ("metric" in watched ? 1 : Object.keys(watched.sums).length),
  0,
);

/** A month of the stack with its defaults, of which nobody asks anything. */
export const atRest: readonly Line[] = [
  { what: "the key that encrypts alerts, in its first year", price: "keys", quantity: 1 },
  { what: `${alarms.length} alarms on metrics`, price: "alarmMetrics", quantity: alarmMetrics },
  { what: "the alarm that mails for them", price: "compositeAlarms", quantity: 1 },
  { what: "sweeps, one an hour", price: "lambdaRequests", quantity: hoursPerMonth },
  {
    what: `${sweep.seconds} s of each, with 512 MB`,
    price: "lambdaTime",
    quantity: hoursPerMonth * sweep.seconds * sweep.gigabytes,
  },
  { what: "what is due, in two partitions", price: "tableReads", quantity: 2 * hoursPerMonth },
  { what: "what they log", price: "logs", quantity: (hoursPerMonth * logBytes) / bytesPerGb },
  { what: "traces, the first of each second", price: "traces", quantity: hoursPerMonth },
];

/** A month of the records table with the least capacity that can be provisioned for it. */
export const recordsProvisioned: readonly Line[] = [
  {
    what: "5 units of reads of the records table",
    price: "provisionedReads",
    quantity: 5 * hoursPerMonth,
  },
  {
    what: "5 units of writes of it",
    price: "provisionedWrites",
    quantity: 5 * hoursPerMonth,
  },
];

/** A month of the two drafts that this design comes from, of which nobody asks anything. */
export const draftsAtRest: readonly Line[] = [
  ...recordsProvisioned,
  { what: "an alarm on errors of a function", price: "alarmMetrics", quantity: 1 },
];
