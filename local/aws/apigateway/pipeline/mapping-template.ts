import { contextVariables, type Variables } from "./context-variables";
import type { Exchange } from "./exchange";
import { escapeJson } from "./expressions";
import { javaText, readJson } from "./java-methods";
import { forwardedHeaders } from "./proxy-event";
import { renderVelocity } from "./velocity";

/**
 * What the templates of one request hand on to each other, by `#set($context.responseOverride.…)` and
 * `#set($context.requestOverride.…)`. A mock makes no request that the latter would change.
 */
export interface Overrides {
  requestOverride: Record<"header" | "path" | "querystring", Record<string, unknown>>;
  responseOverride: { status?: unknown; header: Record<string, unknown> };
}

export function newOverrides(): Overrides {
  return {
    requestOverride: { header: {}, path: {}, querystring: {} },
    responseOverride: { header: {} },
  };
}

/**
 * Renders a mapping template in VTL. Of `$input` there are `body`, `params` and `json` and `path`
 * with plain paths (`$.user.name`, `$.tags[0]`); of `$util` all functions; of texts, lists and maps
 * the methods that templates use of Java's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 *
 * @param overrides are changed by the template.
 * @throws Error when the template or its paths cannot be evaluated.
 */
export function renderTemplate(
  template: string,
  accountId: string,
  exchange: Exchange,
  overrides: Overrides,
): string {
  return renderVelocity(template, {
    context: { ...contextVariables(accountId, exchange), ...overrides },
    stageVariables: exchange.stage.variables,
    input: inputVariable(exchange),
    util: utilities,
  });
}

function inputVariable(exchange: Exchange): Variables {
  const body = exchange.body.toString("utf8");
  const parameters = {
    path: { ...exchange.route?.pathParameters },
    querystring: Object.fromEntries(exchange.query),
    header: Object.fromEntries(
      [...forwardedHeaders(exchange)].map(([name, values]) => [name, values.at(-1)]),
    ),
  };
  const path = (expression: string) => valueAtPath(readJson(body || "{}"), expression);
  return {
    body: body || "{}",
    path,
    json: (expression: string) => JSON.stringify(path(expression) ?? ""),
    params: (name?: string) =>
      name === undefined
        ? parameters
        : (parameters.path[name] ??
          parameters.querystring[name] ??
          parameters.header[name] ??
          exchange.headers.get(name) ??
          ""),
  };
}

/** The value at a JSONPath of names and indexes; `undefined` when there is none. */
function valueAtPath(value: unknown, expression: string): unknown {
  if (!/^\$(?:\.\w+|\[\d+\]|\['[^']*'\])*$/.test(expression)) {
    throw new Error(`JSONPath "${expression}" is not emulated`);
  }
  const keys = expression.match(/\w+|(?<=\[')[^']*(?='\])/g) ?? [];
  return keys.reduce<unknown>(
    (parent, key) =>
      typeof parent === "object" && parent !== null && Object.hasOwn(parent, key)
        ? (parent as Variables)[key]
        : undefined,
    value,
  );
}

const utilities = {
  escapeJavaScript: (text: unknown) => escapeJson(javaText(text)).replaceAll("'", "\\'"),
  parseJson: (text: string): unknown => readJson(text),
  urlEncode: (text: unknown) => new URLSearchParams({ "": javaText(text) }).toString().slice(1),
  urlDecode: (text: string) => new URLSearchParams(`=${text}`).get(""),
  base64Encode: (text: string) => Buffer.from(text).toString("base64"),
  base64Decode: (text: string) => Buffer.from(text, "base64").toString("utf8"),
};
