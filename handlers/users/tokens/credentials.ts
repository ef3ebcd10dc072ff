import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { headerLines } from "../../http/request";
import { Refusal } from "./refusal";

/** What a request brings along to be let in. */
export type Credentials = { token: string } | { apiKey: string };

/**
 * Characters that a token may have. API Gateway takes 10,240 bytes of request line and headers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const maxTokenLength = 8192;

/**
 * The token of a request, from its header alone: a query gets into logs and histories. Without one,
 * its API key, where programs may send that instead. A token always goes first: with one that is not
 * accepted, no key helps.
 *
 * @throws Refusal where there is neither, or several.
 */
export function readCredentials(
  event: APIGatewayRequestAuthorizerEvent,
  allowApiKeys: boolean,
): Credentials {
  const lines = headerLines(event, "authorization");
  const keys = allowApiKeys ? headerLines(event, "x-api-key").filter(Boolean) : [];
  if (lines.length === 0 && keys.length > 0) {
    return { apiKey: single(keys, "there is none, but there are several API keys") };
  }
  return { token: tokenOf(single(lines, "there are several Authorization headers")) };
}

function single(lines: readonly string[], reason: string): string {
  const [line, another] = lines;
  if (line === undefined) {
    throw new Refusal("there is none");
  }
  if (another !== undefined) {
    throw new Refusal(reason);
  }
  return line;
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function tokenOf(line: string): string {
  const [, token] = /^bearer +(.*)$/is.exec(line) ?? [];
  if (token === undefined) {
    throw new Refusal("the Authorization header does not hold one");
  }
  if (token.length > maxTokenLength) {
    throw new Refusal(`it is longer than ${maxTokenLength} characters`);
  }
  return token;
}
