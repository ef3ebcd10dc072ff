import {
  isResponse,
  type FunctionEvent,
  type FunctionRequest,
  type FunctionResponse,
} from "../../../../aws/cloudfront/functions/types";
import { runViewerFunction } from "../../../../aws/cloudfront/functions/viewer-function";

/** An event of a viewer's request, with parts of the request replaced. */
export function requestEvent(request: Partial<FunctionRequest> = {}): FunctionEvent {
  return {
    version: "1.0",
    context: {
      distributionDomainName: "d111111abcdef8.cloudfront.net",
      distributionId: "EDFDVBD6EXAMPLE",
      eventType: "viewer-request",
      requestId: "request-1",
    },
    viewer: { ip: "198.51.100.11" },
    request: {
      method: "GET",
      uri: "/media/index.html",
      querystring: {},
      headers: { host: { value: "d111111abcdef8.cloudfront.net" } },
      cookies: {},
      ...request,
    },
  };
}

/** An event of the response to a viewer, with parts of the response replaced. */
export function responseEvent(response: Partial<FunctionResponse> = {}): FunctionEvent {
  const event = requestEvent();
  return {
    ...event,
    context: { ...event.context, eventType: "viewer-response" },
    response: { statusCode: 200, headers: {}, cookies: {}, ...response },
  };
}

/** What a function comes to whose handler consists of `body`, as text in a generated response. */
export async function resultOf(body: string, top = ""): Promise<unknown> {
  const code = `${top}\nfunction handler(event) { var result = (function () { ${body} })();
    return { statusCode: 200, body: JSON.stringify([result]) }; }`;
  const returned = await runViewerFunction(code, requestEvent(), "viewer-request");
  const text = isResponse(returned) ? returned.body?.data : undefined;
  const [result] = JSON.parse(text ?? "[]") as unknown[];
  return result;
}
