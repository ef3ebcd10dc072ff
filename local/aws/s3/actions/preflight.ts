import type { Action } from "../action";
import { corsHeaders, corsRequestOf, findCorsRule, type CorsRequest } from "../cors";
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
    const { method, bucket, key } = call.request;
    const request = corsRequestOf(method, (name) => call.header(name));
    if (!request) {
      throw new S3Error(
        "BadRequest",
        "Insufficient information. Origin request header needed.",
        400,
      );
    }
    const found = call.environment.store.find(bucket);
    const rules = found?.configuration.cors;
    if (!rules) {
      const message = found ? "CORS is not enabled for this bucket." : "Bucket not found";
      throw forbidden(message, request, "BUCKET");
    }
    const rule = findCorsRule(rules, request);
    if (!rule) {
      throw forbidden(notAllowed, request, key === "" ? "BUCKET" : "OBJECT");
    }
    return { status: 200, headers: { ...corsHeaders(rule, request), "content-length": "0" } };
  },
};

const notAllowed =
  "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

function forbidden(message: string, { method }: CorsRequest, resourceType: string): S3Error {
  return new S3Error("AccessForbidden", `CORSResponse: ${message}`, 403, {
    Method: method,
    ResourceType: resourceType,
  });
}
