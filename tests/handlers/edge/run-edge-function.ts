import { runInNewContext } from "node:vm";
import { edgeFunctionCode, type EdgeFunctionName } from "../../../components/edge-code";
import type { Field, ViewerRequest, ViewerResponse } from "../../../handlers/edge/viewer-event";
import type { RenditionSettings } from "../../../handlers/shared/renditions/settings";
import { settings as defaultSettings } from "../shared/renditions/settings";

export const imageId = "7d5a4a3c-1b62-4f5e-9a53-0c9b2d1e8f70";

/** Headers or a query, by names in small letters. */
export type Fields = Record<string, string | readonly string[]>;

export function fieldsOf(fields: Fields): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, given]) => {
      const values = typeof given === "string" ? [given] : given;
      const multiValue = values.map((value) => ({ value }));
      return [name, { value: values.at(-1) ?? "", ...(values.length > 1 && { multiValue }) }];
    }),
  );
}

function run(name: EdgeFunctionName, event: object, settings: RenditionSettings): unknown {
  const code = `${edgeFunctionCode(name, settings)}\nJSON.stringify(handler(event))`;
  return JSON.parse(runInNewContext(code, { event }, { timeout: 1000 }) as string);
}

/** What the built image-request answers, or the request that it passes on. */
export function runRequest(
  uri: string,
  options: {
    method?: string;
    headers?: Fields;
    query?: Fields;
    settings?: RenditionSettings;
  } = {},
): ViewerRequest | ViewerResponse {
  const { method = "GET", headers = {}, query = {}, settings = defaultSettings } = options;
  const event = {
    version: "1.0",
    context: { eventType: "viewer-request", requestId: "the-request" },
    viewer: { ip: "192.0.2.1" },
    request: { method, uri, headers: fieldsOf(headers), querystring: fieldsOf(query), cookies: {} },
  };
  return run("image-request", event, settings) as ViewerRequest | ViewerResponse;
}

/** The headers that the built image-response lets an answer have. */
export function runResponse(
  uri: string,
  options: { headers?: Fields; query?: Fields } = {},
): Record<string, string> {
  const event = {
    version: "1.0",
    context: { eventType: "viewer-response", requestId: "the-request" },
    viewer: { ip: "192.0.2.1" },
    request: { method: "GET", uri, headers: {}, querystring: fieldsOf(options.query ?? {}) },
    response: { statusCode: 200, headers: fieldsOf(options.headers ?? {}), cookies: {} },
  };
  const response = run("image-response", event, defaultSettings) as ViewerResponse;
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, field]) => [name, field?.value ?? ""]),
  );
}
