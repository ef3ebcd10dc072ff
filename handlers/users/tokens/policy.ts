import type { APIGatewayAuthorizerWithContextResult } from "aws-lambda";
import type { CallerContext } from "../caller";

/** What the authorizer answers to the gateway; `context` reaches the functions, or the error. */
export type Decision =
  | APIGatewayAuthorizerWithContextResult<{ [Name in keyof CallerContext]: CallerContext[Name] }>
  | APIGatewayAuthorizerWithContextResult<{ reason: string }>;

/** Who is let in. */
export interface Admission {
  /** Stands for the caller in access logs, which are to hold nothing personal. */
  principalId: string;
  context: CallerContext;
  /** Value of the API key that the request counts to. The gateway refuses one that it does not know. */
  usageIdentifierKey: string;
}

/**
 * The stage that a method belongs to: `arn:aws:execute-api:<region>:<account>:<API>/<stage>`. What
 * follows is as the client wrote the path, and may hold asterisks and all else.
 *
 * @throws Error when that is no ARN of a method.
 */
export function stageArn(methodArn: string): string {
  const [, arn] =
    /^(arn:[a-z-]+:execute-api:[a-z0-9-]+:\d{12}:[a-z0-9]+\/[\w-]+)\/[A-Z]+\//.exec(methodArn) ??
    [];
  if (arn === undefined) {
    throw new Error("The event has no ARN of a method.");
  }
  return arn;
}

/**
 * Lets a caller in to all methods of a stage: the gateway keeps the answer, and goes by it for whatever
 * is asked for by the same token. What of it is theirs, the functions see to.
 */
export function allow(stage: string, admission: Admission): Decision {
  const { principalId, context, usageIdentifierKey } = admission;
  return {
    principalId,
    policyDocument: policy("Allow", stage),
    context: { ...context },
    usageIdentifierKey,
  };
}

/**
 * Keeps a request out of all methods.
 *
 * The gateway keeps this answer, too, for minutes: also of a token that is only not valid yet, or whose
 * key the issuer was about to publish. That is chosen: the error tells a client to get another token,
 * of which nothing is kept. An error of the function, which would not be kept, would let whoever makes
 * up tokens ring the alarm.
 */
export function deny(stage: string, reason: string): Decision {
  return {
    principalId: "nobody",
    policyDocument: policy("Deny", stage),
    context: { reason },
  };
}

function policy(effect: "Allow" | "Deny", stage: string) {
  return {
    Version: "2012-10-17",
    Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: `${stage}/*` }],
  };
}
