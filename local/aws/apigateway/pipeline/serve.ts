import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { loopback, readBody } from "../../http";
import type { RequestRecord } from "../../recorder";
import type { LogSink, MetricSink } from "../../types";
import type { Locate } from "../locate";
import { applyLimits } from "./apply-limits";
import { authorize } from "./authorizer/authorize";
import { beginExchange, newExtendedRequestId } from "./begin-exchange";
import { checkApiKey } from "./check-api-key";
import { askFirewall } from "./ask-firewall";
import type { Exchange, PipelineServices, Reply } from "./exchange";
import { GatewayError } from "./gateway-error";
import { gatewayResponse } from "./gateway-response";
import { lambdaProxy } from "./lambda-proxy";
import { writeAccessLog, writeExecutionLog } from "./logs";
import { mock } from "./mock";
import { publishMetrics } from "./publish-metrics";
import { findRoute } from "./router";
import { compressReply, sendReply } from "./send-reply";
import { validateRequest } from "./validate-request";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const maxBodyBytes = 10_485_760;

/** What serving takes besides the steps themselves. */
export interface ServeServices extends PipelineServices {
  logs: LogSink;
  metrics: MetricSink;
}

/**
 * Serves one HTTP request; where that fails, the connection is cut.
 *
 * @param locate finds the stage that it is for.
 */
export function serve(
  services: ServeServices,
  locate: Locate,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  answer(services, locate, message, response).catch((error: unknown) => {
    services.notify(`API Gateway failed to serve a request: ${String(error)}`);
    if (!response.writableEnded) {
      response.destroy();
    }
  });
}

async function answer(
  services: ServeServices,
  locate: Locate,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const place = locate(message.url ?? "");
  if (!place) {
    const requestId = randomUUID();
    const reply = unknownStage(requestId);
    endRecord(beginRecord(services, message, requestId), reply);
    sendReply(response, reply);
    return;
  }
  const started = performance.now();
  const { api, stage, target } = place;
  const exchange = beginExchange(message, target, api, stage, services.clock());
  exchange.record = beginRecord(services, message, exchange.requestId);
  const executed = await replyTo(services, exchange);
  if (!executed) {
    exchange.record?.end({});
    response.destroy();
    return;
  }
  const { minimumCompressionSize } = stage.deployment.definition;
  const reply = await compressReply(executed, exchange.headers, minimumCompressionSize);
  reply.headers.push(
    ["x-amzn-RequestId", exchange.requestId],
    ["x-amz-apigw-id", exchange.extendedRequestId],
  );
  endRecord(exchange.record, reply, executed, exchange);
  try {
    record(services, exchange, reply, Math.round(performance.now() - started));
  } finally {
    sendReply(response, reply);
  }
}

/** The reply, or `undefined` when the client went away before it had sent its request. */
async function replyTo(services: ServeServices, exchange: Exchange): Promise<Reply | undefined> {
  try {
    return await execute(services, exchange);
  } catch (error) {
    if (!exchange.message.complete && exchange.message.destroyed) {
      return undefined;
    }
    exchange.error = asGatewayError(services, error);
    return gatewayResponse(services.accountId, exchange, exchange.error);
  }
}

/** What is no refusal is a fault of the local cloud: the client gets a 500, the person here the cause. */
function asGatewayError({ notify }: ServeServices, error: unknown): GatewayError {
  if (error instanceof GatewayError) {
    return error;
  }
  notify(`API Gateway failed to serve a request: ${String(error)}`);
  return new GatewayError("DEFAULT_5XX", { cause: error });
}

/** The steps of the pipeline, in API Gateway's order. */
async function execute(services: ServeServices, exchange: Exchange): Promise<Reply> {
  const body = await readBody(exchange.message, maxBodyBytes);
  if (!body) {
    throw new GatewayError("REQUEST_TOO_LARGE", {
      message: `HTTP content length exceeded ${maxBodyBytes} bytes.`,
    });
  }
  exchange.body = body;
  const blocked = askFirewall(services, exchange);
  if (blocked) {
    return blocked;
  }
  const route = findRoute(exchange);
  exchange.route = route;
  await authorize(services, exchange, route);
  const plan = checkApiKey(services, exchange, route);
  applyLimits(services, exchange, route, plan);
  exchange.trace.push(
    `Starting execution for request: ${exchange.requestId}`,
    `HTTP Method: ${exchange.httpMethod}, Resource Path: ${route.method.resourcePath}`,
  );
  validateRequest(exchange, route);
  const { integration } = route.method;
  switch (integration?.type) {
    case "aws_proxy":
      return lambdaProxy(services, exchange, route, integration);
    case "mock":
      return mock(services.accountId, exchange, integration);
    case undefined:
      throw new GatewayError("API_CONFIGURATION_ERROR");
  }
}

function record(
  { logs, metrics, accountId }: ServeServices,
  exchange: Exchange,
  reply: Reply,
  latencyMs: number,
): void {
  writeAccessLog(logs, accountId, exchange, reply, latencyMs);
  writeExecutionLog(logs, exchange, reply);
  publishMetrics(metrics, exchange, reply, latencyMs);
}

function beginRecord(
  { recorder }: ServeServices,
  message: IncomingMessage,
  id: string,
): RequestRecord | undefined {
  return recorder?.beginRequest({
    source: "api",
    id,
    method: message.method ?? "GET",
    url: message.url ?? "/",
    rawHeaders: message.rawHeaders,
    origin: `http://${loopback}:${message.socket.localPort}`,
  });
}

/** @param executed the reply before it was compressed. */
function endRecord(
  record: RequestRecord | undefined,
  reply: Reply,
  executed = reply,
  exchange?: Exchange,
): void {
  record?.end({
    status: reply.statusCode,
    route: exchange?.route?.method.resourcePath,
    requestBody: exchange?.body,
    responseHeaders: reply.headers,
    responseBody: executed.body,
    responseBytes: reply.body.length,
  });
}

/** A stage that does not exist: no API answers, so neither its gateway responses nor its logs. */
function unknownStage(requestId: string): Reply {
  return {
    statusCode: 403,
    headers: [
      ["Content-Type", "application/json"],
      ["x-amzn-ErrorType", "ForbiddenException"],
      ["x-amzn-RequestId", requestId],
      ["x-amz-apigw-id", newExtendedRequestId()],
    ],
    body: Buffer.from('{"message":"Forbidden"}'),
  };
}
