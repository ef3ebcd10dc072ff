import { AwsError } from "../aws-error";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { Authorizer, Decision, Principal, RequestContext } from "../iam/types";
import type { Account } from "../types";
import type { PublishRequest } from "./publish-request";
import type { Topic } from "./topic";

/** What SNS needs of KMS. */
export interface KeyAuthorizer {
  /** Whether `principal` may use the key (id, ARN or alias) in this way. */
  authorizeUse(request: {
    principal: Principal;
    keyId: string;
    action: string;
    context?: RequestContext;
  }): Decision;
}

/** Who decides about a message to a topic. */
export interface PublishGuards {
  account: Account;
  authorizer: Authorizer;
  keys: KeyAuthorizer;
}

/**
 * Passes when the topic's policy lets the publisher publish and, on an encrypted topic, the key's
 * policy lets it use the key.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 *
 * @throws AwsError `AuthorizationError` or `KMSAccessDenied`.
 */
export function checkPublishAccess(
  { account, authorizer, keys }: PublishGuards,
  topic: Topic,
  { principal, sourceArn }: PublishRequest,
): void {
  const action = "sns:Publish";
  const source = sourceContext(sourceArn);
  const decision = authorizer.authorize({
    principal,
    action,
    resource: topic.arn,
    resourcePolicy: topic.policy,
    // This endpoint speaks plain HTTP, but stands for the TLS endpoint of SNS.
    context: { "aws:SecureTransport": "true", ...source },
  });
  if (!decision.allowed) {
    const question = { principal, action: "SNS:Publish", resource: topic.arn };
    throw new AwsError("AuthorizationError", accessDeniedMessage(question, decision), 403);
  }
  if (topic.kmsKeyId !== undefined) {
    const context = {
      ...source,
      "kms:ViaService": `sns.${account.region}.amazonaws.com`,
      "kms:EncryptionContext:aws:sns:topicArn": topic.arn,
    };
    checkKeyUse(keys, { principal, keyId: topic.kmsKeyId, context });
  }
}

function checkKeyUse(
  keys: KeyAuthorizer,
  use: { principal: Principal; keyId: string; context: RequestContext },
): void {
  for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
    const decision = keys.authorizeUse({ ...use, action });
    if (!decision.allowed) {
      const question = { ...use, action, resource: use.keyId };
      throw new AwsError("KMSAccessDenied", accessDeniedMessage(question, decision), 400);
    }
  }
}

/** What a service tells about the resource that it publishes for. */
function sourceContext(sourceArn: string | undefined): RequestContext {
  if (sourceArn === undefined) {
    return {};
  }
  const accountId = sourceArn.split(":")[4] ?? "";
  return {
    "aws:SourceArn": sourceArn,
    "aws:SourceAccount": accountId,
    "aws:SourceOwner": accountId,
  };
}
