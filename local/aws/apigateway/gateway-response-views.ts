import { z } from "zod";
import type { Structure } from "../api/output";
import { parseInput } from "../parse-input";
import { type ResponseType, responseTypes } from "./pipeline/gateway-error";
import type { RestApi } from "./state";
import { apiNamed, view, type View } from "./view";

const base = "GET /restapis/{api}/gatewayresponses";
const types = Object.keys(responseTypes).sort() as ResponseType[];
const typeInput = z.object({ responseType: z.enum(types) });

/** As API Gateway shows its own; where access is denied, it answers with another. */
const builtInTemplates = new Map([
  ["application/json", '{"message":$context.error.messageString}'],
]);

/** What shows the gateway responses of an API, with those that it does not declare. */
export const gatewayResponseViews: Readonly<Record<string, View>> = {
  // As at AWS, all of them at once.
  [base]: view("GetGatewayResponses", ({ path }, context) => {
    const api = apiNamed(context, path);
    return { item: types.map((type) => gatewayResponseOf(type, api)) };
  }),
  [`${base}/{type}`]: view("GetGatewayResponse", ({ path }, context) => {
    const { responseType } = parseInput(typeInput, { responseType: path.type });
    return gatewayResponseOf(responseType, apiNamed(context, path));
  }),
};

/**
 * What is not declared is as `DEFAULT_4XX` or `DEFAULT_5XX`, which have no status of their own.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GatewayResponse.html
 */
function gatewayResponseOf(type: ResponseType, { definition }: RestApi): Structure {
  const { gatewayResponses } = definition;
  const [status] = responseTypes[type];
  const fallback = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
  const declared = gatewayResponses.get(type);
  const shown = declared ?? gatewayResponses.get(fallback);
  const statusCode = shown?.statusCode ?? (type === fallback ? undefined : status);
  const parameters = [...(shown?.headers ?? [])].map(
    ([name, value]) => [`gatewayresponse.header.${name}`, value] as const,
  );
  return {
    responseType: type,
    statusCode: statusCode === undefined ? undefined : String(statusCode),
    responseParameters: new Map(parameters),
    responseTemplates: shown && shown.templates.size > 0 ? shown.templates : builtInTemplates,
    defaultResponse: declared === undefined,
  };
}
