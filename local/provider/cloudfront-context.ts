import { globalArn } from "../aws/arn";
import type { CloudFront } from "../aws/cloudfront/cloudfront";
import { etagOf } from "../aws/cloudfront/etag";
import type { Description } from "../aws/cloudfront/registry";
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
  context: Context,
  kind: string,
  id: string,
  defaults: Properties = {},
): ResourceState {
  const { account, request } = context;
  const arn = globalArn(account, "cloudfront", `${kind}/${id}`);
  const { name, etag } = described(context, id);
  return { id, outputs: { ...defaults, ...request.inputs, name, arn, etag } };
}

/** What the API tells of a resource that has a name. */
export function described({ request }: Context, id: string): Description {
  const { comment } = request.inputs;
  return {
    name: request.physicalName(),
    comment: typeof comment === "string" ? comment : "",
    etag: etagOf({ id, inputs: request.inputs }),
  };
}

/** Such as `E2QWRUHAPOMQZL`. */
export function shortId(request: ResourceRequest, purpose: string): string {
  return `E${request.stableId(purpose, 13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`;
}
