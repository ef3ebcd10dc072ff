import { validateHeaderValue } from "node:http";
import { contextVariables, variableAt } from "./context-variables";
import type { Exchange } from "./exchange";

/**
 * The value of a mapping expression: `'static'`, `context.requestId`, `stageVariables.name` or
 * `method.request.header.Origin` (or `.querystring.` or `.path.`).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html
 *
 * @returns `undefined` when there is no such value.
 */
export function evaluate(
  expression: string,
  accountId: string,
  exchange: Exchange,
): string | undefined {
  const quoted = /^'(.*)'$/s.exec(expression);
  if (quoted) {
    return quoted[1];
  }
  const [, source = "", path = ""] =
    /^(context|stageVariables|method\.request\.(?:header|querystring|path))\.(.+)$/.exec(
      expression,
    ) ?? [];
  switch (source) {
    case "context":
      return asText(variableAt(contextVariables(accountId, exchange), path));
    case "stageVariables":
      return asText(variableAt(exchange.stage.variables, path));
    case "method.request.header":
      return exchange.headers.get(path);
    case "method.request.querystring":
      return exchange.query.getAll(path).at(-1);
    case "method.request.path":
      return asText(variableAt(exchange.route?.pathParameters, path));
    default:
      return undefined;
  }
}

/** The value of a mapping expression for a header; none where it is one that no header can have. */
export function evaluateHeader(
  expression: string,
  accountId: string,
  exchange: Exchange,
): string | undefined {
  const value = evaluate(expression, accountId, exchange);
  return value !== undefined && isHeaderValue(value) ? value : undefined;
}

/** Whether a header can have this value: characters of ISO 8859-1, but for those that control. */
export function isHeaderValue(value: string): boolean {
  try {
    validateHeaderValue("x", value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Replaces `$context.…`, `$stageVariables.…` and `$method.request.…`; unknown ones go away. Values
 * are escaped for JSON strings, but for `$context.error.messageString`, which brings its own quotes.
 */
export function substitute(text: string, accountId: string, exchange: Exchange): string {
  return text.replaceAll(
    /\$((?:context|stageVariables|method\.request)(?:\.[\w-]+)+)/g,
    (_, expression: string) => {
      const value = evaluate(expression, accountId, exchange) ?? "";
      return expression === "context.error.messageString" ? value : escapeJson(value);
    },
  );
}

/** `text` as it stands between the quotes of a JSON string. */
export function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asText(value: unknown): string | undefined {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}
