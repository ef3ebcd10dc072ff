import type { Decision, Principal, RequestContext } from "../iam/types";

/** What S3 needs of KMS. */
export interface Keys {
  /**
   * @param reference id or ARN of a key, name or ARN of an alias.
   * @throws AwsError `NotFoundException`.
   */
  find(reference: string): { arn: string; enabled: boolean; usage: string };
  /** Whether `principal` may use the key in this way. */
  authorizeUse(request: {
    principal: Principal;
    keyId: string;
    action: string;
    context: RequestContext;
  }): Decision;
}
