import type { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { type Caller, readCaller, readCallers } from "../users/caller";
import { readOrigins, withCors } from "./cors";
import { ApiError } from "./errors";
import { findHeader } from "./request";
import { type Headers, jsonResponse } from "./responses";
import { readTransportSecurity, withHeaders } from "./transport-security";

/** What an operation does in three steps, of which only the first and the last know of HTTP. */
interface Steps<Event, Given, Input, Output> {
  /**
   * @param given what there is to know of the request beside the event.
   * @throws ApiError when the request breaks the contract.
   */
  parse(event: Event, given: Given): Input | Promise<Input>;
  /** @throws ApiError for what the client is to be told; any other error becomes a 500. */
  act(input: Input): Promise<Output>;
  respond(output: Output): APIGatewayProxyResult;
}

/** What there is to know of a request to the API beside its event. */
export interface Invocation {
  context: Context;
  /** Who asks. */
  caller: Caller;
}

/** One operation of the API. */
export type Operation<Input, Output> = Steps<APIGatewayProxyEvent, Invocation, Input, Output>;

/** A Lambda function behind a proxy integration of a REST API. */
export type ApiHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/**
 * Joins the steps of an operation. Every outcome is a response with CORS headers, which are added
 * last: an answer that is stored has none, and may go to another page the next time.
 *
 * Log lines never hold what a client sent but for the method and the route: a body, a query or a
 * header may hold personal data, a cursor, a token or a key.
 *
 * @param settings the environment: who may call, and which origins may read answers.
 */
export function createApiHandler<Input, Output>(
  logger: Logger,
  settings: NodeJS.ProcessEnv,
  operation: Operation<Input, Output>,
): ApiHandler {
  const callers = readCallers(settings);
  const origins = readOrigins(settings);
  const transportSecurity = readTransportSecurity(settings);
  return createHttpHandler(
    logger,
    {
      ...operation,
      parse: (event, context) =>
        operation.parse(event, { context, caller: readCaller(event, callers) }),
    },
    {
      summarise: (event: APIGatewayProxyEvent) => ({
        requestId: event.requestContext.requestId,
        method: event.httpMethod,
        route: event.resource,
      }),
      complete: (response, event) =>
        withHeaders(withCors(response, origins, findHeader(event, "origin")), transportSecurity),
    },
  );
}

/** What is logged of a request. */
interface RequestSummary {
  requestId: string;
  method: string;
  /** With names instead of what stands for them. */
  route: string;
}

/** What passes HTTP on to a function. */
interface Front<Event> {
  /** Says what of the event is logged. */
  summarise(event: Event): RequestSummary;
  /** Adds headers to every response. */
  complete(response: APIGatewayProxyResult, event: Event): APIGatewayProxyResult;
  /** Further headers of an error by its status. */
  errorHeaders?(statusCode: number): Headers;
}

/** Joins the steps of an operation that is asked for by whatever passes HTTP on. */
export function createHttpHandler<Event, Input, Output>(
  logger: Logger,
  steps: Steps<Event, Context, Input, Output>,
  front: Front<Event>,
): (event: Event, context: Context) => Promise<APIGatewayProxyResult> {
  return async (event, context) => {
    const { requestId, ...request } = front.summarise(event);
    logger.addContext(context);
    logger.appendKeys({ requestId });
    logger.info("received", request);
    try {
      const input = await steps.parse(event, context);
      logger.info("started");
      const response = steps.respond(await steps.act(input));
      logger.info("finished", { statusCode: response.statusCode });
      return front.complete(response, event);
    } catch (error) {
      const { headers, ...response } = failure(logger, requestId, error);
      const further = front.errorHeaders?.(response.statusCode);
      return front.complete({ ...response, headers: { ...headers, ...further } }, event);
    }
  };
}

function failure(logger: Logger, requestId: string, error: unknown): APIGatewayProxyResult {
  if (error instanceof ApiError) {
    const { statusCode, code, message, details, headers } = error;
    logger.warn("failed", { statusCode, code });
    return jsonResponse(statusCode, { error: message, code, requestId, ...details }, headers);
  }
  logger.error("failed", { statusCode: 500, error });
  return jsonResponse(500, {
    error: "Something went wrong on our side. Try again; if it persists, report the request id.",
    code: "InternalError",
    requestId,
  });
}
