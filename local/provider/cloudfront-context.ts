import { globalArn } from "../aws/arn";
import type { CloudFront } from "../aws/cloudfront/cloudfront";
import type { Account } from "../aws/types";
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

/** Such as `E2QWRUHAPOMQZL`. */
export function shortId(request: ResourceRequest, purpose: string): string {
  return `E${request.stableId(purpose, 13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`;
}
