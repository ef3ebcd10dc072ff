import { render } from "velocityjs";
import { contextVariables, type Variables } from "./context-variables";
import type { Exchange } from "./exchange";
import { escapeJson } from "./expressions";
import { javaMethods } from "./java-methods";
import { forwardedHeaders } from "./proxy-event";

/** What a template may change in the response, by `#set($context.responseOverride.…)`. */
export interface ResponseOverride {
  status?: unknown;
  header: Record<string, unknown>;
}

/**
 * Renders a mapping template in VTL. Of `$input` there are `body`, `params` and `json` and `path`
 * with plain paths (`$.user.name`, `$.tags[0]`); of `$util` all functions; of texts, lists and maps
 * the methods that templates use of Java's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 *
 * @throws Error when the template or its paths cannot be evaluated.
 */
export function renderTemplate(
  template: string,
  accountId: string,
  exchange: Exchange,
): { text: string; responseOverride: ResponseOverride } {
  const responseOverride: ResponseOverride = { header: {} };
  const variables = {
    context: { ...contextVariables(accountId, exchange), responseOverride },
    stageVariables: exchange.stage.variables,
    input: inputVariable(exchange),
    util: utilities,
  };
  const text = render(template, variables, undefined, { customMethodHandlers: [javaMethods] });
  return { text, responseOverride };
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
  const path = (expression: string) => valueAtPath(JSON.parse(body || "{}"), expression);
  return {
    body: body || "{}",
    path,
    json: (expression: string) => JSON.stringify(path(expression)),
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
  escapeJavaScript: (text: unknown) => escapeJson(String(text)).replaceAll("'", "\\'"),
  parseJson: (text: string): unknown => JSON.parse(text),
  urlEncode: (text: string) => new URLSearchParams({ "": text }).toString().slice(1),
  urlDecode: (text: string) => new URLSearchParams(`=${text}`).get(""),
  base64Encode: (text: string) => Buffer.from(text).toString("base64"),
  base64Decode: (text: string) => Buffer.from(text, "base64").toString("utf8"),
};
