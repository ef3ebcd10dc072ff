import { hash } from "node:crypto";
import { AwsError } from "../../aws-error";
import type { LogSink } from "../../types";
import { type AccessLogTarget, methodSettingsOf } from "../state";
import { isObject } from "../../../is-object";
import { contextVariables, valueAt, type Variables } from "./context-variables";
import type { Exchange, Reply } from "./exchange";
import { escapeJson } from "./expressions";

/**
 * Writes the line of the stage's access log, if it has one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function writeAccessLog(
  logs: LogSink,
  accountId: string,
  exchange: Exchange,
  reply: Reply,
  latencyMs: number,
): void {
  const { accessLog } = exchange.stage;
  if (!accessLog) {
    return;
  }
  const { integration } = exchange;
  const context = contextVariables(accountId, exchange);
  const variables = {
    ...context,
    ...phasesOfAuthorization(exchange, context),
    status: reply.statusCode,
    responseLength: reply.body.length,
    responseLatency: latencyMs,
    integrationLatency: integration?.latencyMs,
    integrationStatus: integration?.status,
    integrationErrorMessage: integration?.error,
    integration: integration && { ...integration, latency: integration.latencyMs },
  };
  append(logs, exchange, accessLog.group, [lineOf(accessLog, variables)]);
}

/** A part of a format: a text, or the path of a variable. */
type FormatPart = string | { keys: readonly string[] };

const formats = new WeakMap<AccessLogTarget, readonly FormatPart[]>();

function lineOf(target: AccessLogTarget, variables: Variables): string {
  const parts = formats.get(target) ?? partsOf(target.format);
  formats.set(target, parts);
  return parts
    .map((part) => (typeof part === "string" ? part : shown(part.keys, variables)))
    .join("");
}

function partsOf(format: string): FormatPart[] {
  return format
    .trimEnd()
    .split(/\$context((?:\.\w+)+)/)
    .map((part, index) => (index % 2 === 0 ? part : { keys: part.slice(1).split(".") }));
}

function shown(keys: readonly string[], variables: Variables): string {
  const value = valueAt(variables, keys);
  const isQuoted = keys.length === 2 && keys[0] === "error" && keys[1] === "messageString";
  return isQuoted && typeof value === "string" ? value : logText(value);
}

/**
 * What API Gateway tells of the authorizer and of its policy besides the values of both.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
function phasesOfAuthorization({ authorization }: Exchange, { authorizer }: Variables): Variables {
  if (!authorization) {
    return {};
  }
  const { status, error, latencyMs, integrationLatencyMs, integrationStatus } = authorization;
  return {
    authorizer: {
      ...(isObject(authorizer) && authorizer),
      status,
      error,
      latency: latencyMs,
      integrationLatency: integrationLatencyMs ?? 0,
      integrationStatus,
    },
    authorize: authorization.policy,
  };
}

/**
 * Writes what happened in the execution log, by the method's logging level: `ERROR` keeps only
 * requests that failed. Neither bodies nor whole keys are in it, as with data tracing off.
 */
export function writeExecutionLog(logs: LogSink, exchange: Exchange, reply: Reply): void {
  const { api, stage, route, error, requestId } = exchange;
  const { loggingLevel = "OFF" } = methodSettingsOf(stage, route?.method);
  if (loggingLevel === "OFF" || (loggingLevel === "ERROR" && !error)) {
    return;
  }
  const lines = [
    `Extended Request Id: ${exchange.extendedRequestId}`,
    ...exchange.trace,
    ...(error ? [failureLine(error.cause ?? error.message)] : []),
    `Method completed with status: ${reply.statusCode}`,
  ].map((line) => `(${requestId}) ${line}`);
  append(logs, exchange, `API-Gateway-Execution-Logs_${api.id}/${stage.name}`, lines);
}

function failureLine(cause: unknown): string {
  return cause instanceof Error ? `Execution failed due to ${cause.name}` : String(cause);
}

/** Keeps quotes and line breaks of a client from breaking out of the line's JSON. */
function logText(value: unknown): string {
  if (typeof value === "number") {
    return String(value);
  }
  return typeof value === "string" && value !== "" ? escapeJson(value) : "-";
}

/** As in AWS, a log group that is gone makes no request fail. */
function append(logs: LogSink, exchange: Exchange, group: string, lines: string[]): void {
  const { api, stage } = exchange;
  const stream = hash("md5", `${api.id}/${stage.name}`);
  try {
    logs.append(group, stream, lines);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) {
      throw error;
    }
  }
}
