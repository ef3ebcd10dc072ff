import type { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { ApiError } from "./errors";
import { type Headers, jsonResponse } from "./responses";

/** One operation of the API in three steps; only the first and the last know of HTTP. */
export interface Operation<Input, Output, Event = APIGatewayProxyEvent> {
  /** @throws ApiError when the request breaks the contract. */
  parse(event: Event, context: Context): Input | Promise<Input>;
  /** @throws ApiError for what the client is to be told; any other error becomes a 500. */
  act(input: Input): Promise<Output>;
  respond(output: Output): APIGatewayProxyResult;
}

/** A Lambda function behind a proxy integration of a REST API. */
export type ApiHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/**
 * Joins the steps of an operation. Every outcome is a response with CORS headers.
 *
 * Log lines never hold what a client sent but for the method and the route: a body, a query or a
 * header may hold personal data, a cursor or a key.
 */
export function createApiHandler<Input, Output>(
  logger: Logger,
  operation: Operation<Input, Output>,
): ApiHandler {
  return createHttpHandler(logger, operation, (event) => ({
    requestId: event.requestContext.requestId,
    method: event.httpMethod,
    route: event.resource,
  }));
}

/** What is logged of a request. */
interface RequestSummary {
  requestId: string;
  method: string;
  /** With names instead of what stands for them. */
  route: string;
}

/**
 * Joins the steps of an operation that is asked for by whatever passes HTTP on.
 *
 * @param summarise says what of the event is logged.
 * @param errorHeaders further headers of an error by its status.
 */
export function createHttpHandler<Event, Input, Output>(
  logger: Logger,
  operation: Operation<Input, Output, Event>,
  summarise: (event: Event) => RequestSummary,
  errorHeaders: (statusCode: number) => Headers = () => ({}),
): (event: Event, context: Context) => Promise<APIGatewayProxyResult> {
  return async (event, context) => {
    const { requestId, ...request } = summarise(event);
    logger.addContext(context);
    logger.appendKeys({ requestId });
    logger.info("received", request);
    try {
      const input = await operation.parse(event, context);
      logger.info("started");
      const response = operation.respond(await operation.act(input));
      logger.info("finished", { statusCode: response.statusCode });
      return response;
    } catch (error) {
      const { headers, ...response } = failure(logger, requestId, error);
      return { ...response, headers: { ...headers, ...errorHeaders(response.statusCode) } };
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
