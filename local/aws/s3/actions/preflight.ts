import type { Action } from "../action";
import { corsHeaders, findCorsRule } from "../cors";
import { S3Error } from "../errors";

/**
 * Answers what a browser asks before it sends a request from another origin. Preflights are never
 * signed, so they need no permission.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 */
export const preflight: Action = {
  permissions: () => [],
  run: (call) => {
    const origin = call.header("origin");
    const method = call.header("access-control-request-method");
    if (origin === undefined || method === undefined) {
      throw new S3Error(
        "BadRequest",
        "Insufficient information. Origin request header needed.",
        400,
      );
    }
    const headers = (call.header("access-control-request-headers") ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    const request = { origin, method, headers };
    const rules = call.bucket.configuration.cors;
    const rule = rules && findCorsRule(rules, request);
    if (!rule) {
      throw forbidden(rules !== undefined, method);
    }
    return { status: 200, headers: { ...corsHeaders(rule, request), "content-length": "0" } };
  },
};

function forbidden(enabled: boolean, method: string): S3Error {
  return new S3Error(
    "AccessForbidden",
    enabled
      ? "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
      : "CORSResponse: CORS is not enabled for this bucket.",
    403,
    { Method: method, ResourceType: "OBJECT" },
  );
}
