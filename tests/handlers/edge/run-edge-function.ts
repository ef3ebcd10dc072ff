import { edgeFunctionCode, type EdgeFunctionName } from "../../../components/edge/edge-code";
import type { RenditionSettings } from "../../../handlers/renditions/settings";
import { checkFunctionCode } from "../../../local/aws/cloudfront/functions/check-code";
import type {
  Fields,
  FunctionEvent,
  FunctionRequest,
  FunctionResponse,
} from "../../../local/aws/cloudfront/functions/types";
import { runViewerFunction } from "../../../local/aws/cloudfront/functions/viewer-function";
import { settings as defaultSettings } from "../renditions/settings";

export const imageId = "7d5a4a3c-1b62-4f5e-9a53-0c9b2d1e8f70";

/** Headers or a query, by names in small letters. */
export type GivenFields = Record<string, string | readonly string[]>;

function fieldsOf(fields: GivenFields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, given]) => {
      const values = typeof given === "string" ? [given] : given;
      const multiValue = values.map((value) => ({ value }));
      return [name, { value: values.at(-1) ?? "", ...(values.length > 1 && { multiValue }) }];
    }),
  );
}

/** What a built function returns, where it runs as it is deployed. */
async function run(
  name: EdgeFunctionName,
  given: Pick<FunctionEvent, "request" | "response">,
  settings: RenditionSettings,
  allowedOrigins: readonly string[] = ["*"],
): Promise<FunctionRequest | FunctionResponse> {
  const code = edgeFunctionCode(name, { settings, allowedOrigins });
  await checkFunctionCode(code);
  const eventType = name === "image-request" ? "viewer-request" : "viewer-response";
  const context = {
    distributionDomainName: "d111111abcdef8.cloudfront.net",
    distributionId: "EDFDVBD6EXAMPLE",
    eventType,
    requestId: "the-request",
  } as const;
  const event = { version: "1.0", context, viewer: { ip: "192.0.2.1" }, ...given } as const;
  return runViewerFunction(code, event, eventType);
}

/** What the built image-request answers, or the request that it passes on. */
export async function runRequest(
  uri: string,
  options: {
    method?: string;
    headers?: GivenFields;
    query?: GivenFields;
    settings?: RenditionSettings;
    allowedOrigins?: readonly string[];
  } = {},
): Promise<FunctionRequest | FunctionResponse> {
  const { method = "GET", headers = {}, query = {}, settings = defaultSettings } = options;
  const querystring = fieldsOf(query);
  const request = { method, uri, headers: fieldsOf(headers), querystring, cookies: {} };
  return run("image-request", { request }, settings, options.allowedOrigins);
}

/** The headers that the built image-response lets an answer have. */
export async function runResponse(
  uri: string,
  options: { headers?: GivenFields; query?: GivenFields } = {},
): Promise<Record<string, string>> {
  const querystring = fieldsOf(options.query ?? {});
  const request = { method: "GET", uri, headers: {}, querystring, cookies: {} };
  const response = { statusCode: 200, headers: fieldsOf(options.headers ?? {}), cookies: {} };
  const returned = await run("image-response", { request, response }, defaultSettings);
  return Object.fromEntries(
    Object.entries(returned.headers).map(([name, field]) => [name, field.value]),
  );
}
