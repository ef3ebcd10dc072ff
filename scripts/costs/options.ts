import { ingestOperations } from "../../components/functions/function-names";
import { businessMetrics } from "../../handlers/aws/business-metrics";
import { dollars, linesTable } from "./markdown";
import { prices } from "./prices";
import {
  daysPerMonth,
  executionLogBytes,
  gigabytes,
  type Line,
  million,
  originalBytes,
} from "./usage";

/** What an option of the stack's config costs while it is on. */
interface Option {
  key: string;
  /** What it is billed by. */
  per: string;
  /** Of so much. */
  lines: readonly Line[];
  /** What else is to be known. */
  note?: string;
}

/** A line of an access log of a bucket, as AWS's own examples have it. */
const accessLogBytes = 700;

/** The config's default for `bucketAccessLogDays`, in months. */
const accessLogMonths = 90 / daysPerMonth;

/** Bytes of a line of the log that holds business metrics. */
const metricsLineBytes = 350;

/** Of those options that cost something, and are off by default. */
const options: readonly Option[] = [
  {
    key: "malwareScan",
    per: `a million uploads of ${originalBytes.toLocaleString("en")} bytes`,
    lines: [
      { what: "scans", price: "scannedObjects", quantity: million },
      { what: "bytes scanned", price: "scannedData", quantity: gigabytes(originalBytes) },
      { what: "reading them", price: "s3Get", quantity: million },
      { what: "tagging them", price: "s3Put", quantity: million },
    ],
    note:
      "In its first twelve months an account has 1,000 scans and 1 GB of each month for nothing. What is sent to " +
      "`POST /images` is stored once more, for $0.005 a thousand. The alarm on what was not scanned watches two metrics, for " +
      `$${dollars(2 * prices.alarmMetrics.dollars)} a month.`,
  },
  {
    key: "bucketAccessLogs",
    per: "a million requests to buckets",
    lines: [
      {
        what: `${accessLogBytes} bytes of each, kept for 90 days`,
        price: "s3Storage",
        quantity: gigabytes(accessLogBytes) * accessLogMonths,
      },
    ],
    note: "S3 writes the logs for nothing.",
  },
  {
    key: "detailedLogs",
    per: "a million requests to the API",
    lines: [
      {
        what: `${executionLogBytes.toLocaleString("en")} bytes of each`,
        price: "logs",
        quantity: gigabytes(executionLogBytes),
      },
    ],
    note: "The access log has a line of every request in any case.",
  },
  {
    key: "dashboard",
    per: "a month",
    lines: [{ what: "the dashboard", price: "dashboards", quantity: 1 }],
    note: "The metrics that it draws are those that AWS publishes anyway.",
  },
  {
    key: "businessMetrics",
    per: "a month with a million images, renditions and results together",
    lines: [
      {
        what: "metrics of one service and stage",
        price: "customMetrics",
        quantity: Object.keys(businessMetrics).length,
      },
      {
        what: `${metricsLineBytes} bytes that are logged for each`,
        price: "logs",
        quantity: gigabytes(metricsLineBytes),
      },
    ],
    note: "A metric is billed by the hour in which anything was counted.",
  },
  {
    key: "logQueries",
    per: "a query that reads a GB",
    lines: [{ what: "reading", price: "logsRead", quantity: 1 }],
    note: "To save queries costs nothing. Nor does a budget, `monthlyBudget`.",
  },
  {
    key: "rollout",
    per: "a month",
    lines: [
      {
        what: "the alarm on functions that events run",
        price: "alarmMetrics",
        quantity: ingestOperations.length + 1,
      },
    ],
    note:
      "CodeDeploy costs nothing for Lambda. Versions are stored for nothing, in 75 GB that the region's functions have " +
      "together: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  },
];

/** What options cost that are off by default. */
export function optionCosts(): string {
  const parts = options.map(
    ({ key, per, lines, note }) =>
      `### \`${key}\`: ${per}\n\n${linesTable(lines, "uses")}${note === undefined ? "" : `\n\n${note}`}`,
  );
  return `## Options

Off by default, and in none of the sums above.

${parts.join("\n\n")}`;
}
