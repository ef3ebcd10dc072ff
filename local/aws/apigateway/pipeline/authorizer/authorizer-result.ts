import { z } from "zod";
import { AwsError } from "../../../aws-error";
import { parseJson } from "../../../../parse-json";
import { compileMethodPolicy, type MethodPolicy } from "./method-policy";

/** What an authorizer says of a caller. */
export interface AuthorizerResult {
  principalId: string;
  policy: MethodPolicy;
  /** All values are texts. */
  context: Readonly<Record<string, string>>;
  /** The API key that the call counts for, where the API takes the authorizer's word for it. */
  usageIdentifierKey?: string;
}

/** An authorizer's output that API Gateway cannot use. */
export class MalformedResult extends Error {
  override readonly name = "MalformedResult";
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const output = z.object({
  principalId: scalar,
  policyDocument: z.record(z.string(), z.unknown()),
  context: z.record(z.string(), scalar).nullish(),
  usageIdentifierKey: z.string().nullish(),
});

/**
 * Reads what an authorizer returned. AWS documents that the principal is a must; values of the
 * context may be texts, numbers and booleans, never objects or lists, and `null` is not documented.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 *
 * @throws MalformedResult with what is wrong, and no values.
 * @throws PolicyNotEmulated
 */
export function readAuthorizerResult(payload: string): AuthorizerResult {
  const parsed = output.safeParse(parseJson(payload));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MalformedResult(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "malformed"}`);
  }
  const { principalId, policyDocument, context, usageIdentifierKey } = parsed.data;
  return {
    principalId,
    policy: compile(policyDocument),
    context: context ?? {},
    ...(typeof usageIdentifierKey === "string" && { usageIdentifierKey }),
  };
}

function compile(policyDocument: unknown): MethodPolicy {
  try {
    return compileMethodPolicy(policyDocument);
  } catch (error) {
    throw error instanceof AwsError
      ? new MalformedResult(`policyDocument: ${error.message}`)
      : error;
  }
}
