import type { z } from "zod";
import { globalArn } from "../aws/arn";
import type { CloudFront } from "../aws/cloudfront/cloudfront";
import { uuidOf } from "../aws/derived-uuid";
import type { Account } from "../aws/types";
import { NotEmulated } from "./refuse-inputs";
import type { Properties, ResourceRequest, ResourceState } from "./resource";

/** Where the parts of CloudFront are created. */
export interface Context {
  cloudFront: CloudFront;
  account: Account;
  request: ResourceRequest;
}

/** The state of a resource that has a name, an ARN and an entity tag. */
export function named(
  { account, request }: Context,
  kind: string,
  id: string,
  defaults: Properties = {},
): ResourceState {
  const arn = globalArn(account, "cloudfront", `${kind}/${id}`);
  const name = request.physicalName();
  const etag = shortId(request, "etag");
  return { id, outputs: { ...defaults, ...request.inputs, name, arn, etag } };
}

/** @throws NotEmulated that lists every input that the local CloudFront has not. */
export function parse<T>(schema: z.ZodType<T>, request: ResourceRequest): T {
  const result = schema.safeParse(request.inputs);
  if (!result.success) {
    throw new NotEmulated(request, result.error.issues.flatMap(whatIsMissing).join(", "));
  }
  return result.data;
}

/** The rules of the provider have been kept: what the schemas have not is not emulated. */
function whatIsMissing(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => (path === "" ? key : `${path}.${key}`));
  }
  const isLeftOut = issue.code === "invalid_type" && issue.input === undefined;
  return [isLeftOut ? `${path} left out` : path];
}

/** Such as `E2QWRUHAPOMQZL`. */
export function shortId(request: ResourceRequest, purpose: string): string {
  return `E${request.stableId(purpose, 13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`;
}

/** A UUID, as policies have it. */
export function longId(request: ResourceRequest): string {
  return uuidOf(request.stableId("id", 32, "0123456789abcdef"));
}
