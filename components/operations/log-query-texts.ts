/** Which logs a query reads: those of functions, the API's access log, or both. */
export type QueriedLogs = "functions" | "access" | "all";

/** A query for CloudWatch Logs Insights. */
export interface LogQuery {
  /** The last part of its name. */
  title: string;
  /** What it answers. */
  purpose: string;
  logs: QueriedLogs;
  /**
   * In the query language of Logs Insights; what is in capitals is to be filled in.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
   */
  text: string;
  /** Whether it asks for what only a stack with users logs. `@default` false */
  isOfUsers?: boolean;
}

/**
 * What people ask the logs, by fields that functions (`handlers/http/api-handler.ts`), Lambda in its
 * JSON format and the access log (`access-log.ts`) write. All but the time is text in the access log, by
 * which statuses are compared.
 */
export const logQueries: readonly LogQuery[] = [
  {
    title: "errors",
    purpose: "The latest errors of functions, with what went wrong.",
    logs: "functions",
    text: `fields @timestamp, service, message, error.name, error.message, error.location, requestId, function_request_id
| filter level = "ERROR"
| sort @timestamp desc
| limit 100`,
  },
  {
    title: "errors-by-code",
    purpose: "How often functions answered with which error, those of clients included.",
    logs: "functions",
    text: `filter message = "failed"
| stats count(*) as failures by service, statusCode, code
| sort failures desc`,
  },
  {
    title: "failed-requests",
    purpose:
      "The latest requests that the API answered with a 5xx, of which functions may know nothing.",
    logs: "access",
    text: `fields @timestamp, requestId, httpMethod, resourcePath, status, errorType, integrationStatus, integrationLatency
| filter status like /^5/
| sort @timestamp desc
| limit 100`,
  },
  {
    title: "routes",
    purpose: "Requests of each route, how many failed, and how long they took.",
    logs: "access",
    text: `fields strcontains(substr(status, 0, 1), "5") as failed
| stats count(*) as requests, sum(failed) as failures, pct(responseLatency, 50) as p50, pct(responseLatency, 99) as p99 by httpMethod, resourcePath
| sort requests desc`,
  },
  {
    title: "slowest-requests",
    purpose: "The requests that took longest, and how much of that the function took.",
    logs: "access",
    text: `fields @timestamp, requestId, httpMethod, resourcePath, status, responseLatency, integrationLatency
| sort responseLatency desc
| limit 50`,
  },
  {
    title: "one-request",
    purpose: "All that was logged of one request, by the requestId of its answer.",
    logs: "all",
    text: `fields @timestamp, @log, service, level, message, method, route, statusCode, code, error.name, error.message, status, errorType
| filter requestId = "REQUEST_ID" or function_request_id = "REQUEST_ID" or record.requestId = "REQUEST_ID"
| sort @timestamp asc`,
  },
  {
    title: "one-user",
    purpose: "A user's requests, by the hash that stands for the user.",
    logs: "access",
    isOfUsers: true,
    text: `fields @timestamp, requestId, httpMethod, resourcePath, status, responseLatency
| filter principalId = "USER_HASH"
| sort @timestamp desc
| limit 200`,
  },
  {
    title: "refused-keys",
    purpose: "API keys that were throttled, over their quota or not known, by hour.",
    logs: "access",
    text: `filter status like /^(403|429)$/
| stats count(*) as refused by apiKeyId, errorType, bin(1h)
| sort refused desc`,
  },
  {
    title: "cold-starts",
    purpose: "How often functions started, and how long that took, in milliseconds.",
    logs: "functions",
    text: `filter type = "platform.report"
| stats count(*) as runs, count(record.metrics.initDurationMs) as coldStarts, avg(record.metrics.initDurationMs) as average, max(record.metrics.initDurationMs) as longest by @log
| sort coldStarts desc`,
  },
  {
    title: "memory",
    purpose: "The memory that functions have and the most that they used, in megabytes.",
    logs: "functions",
    text: `filter type = "platform.report"
| stats max(record.metrics.maxMemoryUsedMB) as used, max(record.metrics.memorySizeMB) as size by @log
| sort used desc`,
  },
  {
    title: "durations",
    purpose: "How long functions ran, and what was billed, in milliseconds.",
    logs: "functions",
    text: `filter type = "platform.report"
| stats count(*) as runs, pct(record.metrics.durationMs, 50) as p50, pct(record.metrics.durationMs, 99) as p99, sum(record.metrics.billedDurationMs) as billed by @log
| sort billed desc`,
  },
  {
    title: "timeouts-and-crashes",
    purpose:
      "Runs that Lambda ended: out of time, out of memory, or by an error that nobody caught.",
    logs: "functions",
    text: `fields @timestamp, @log, record.requestId, record.status, record.errorType, record.metrics.durationMs, record.metrics.maxMemoryUsedMB
| filter type = "platform.report" and record.status != "success"
| sort @timestamp desc
| limit 100`,
  },
];
