import { Context } from "../../../iam/context";
import { compileActions, compileResources } from "../../../iam/elements";
import { malformedPolicy } from "../../../iam/malformed";
import {
  hasVariables,
  listOf,
  parsePolicyDocument,
  statementsOf,
} from "../../../iam/policy-document";
import type { PolicyStatement } from "../../../iam/types";

/** What a policy says of calling a method. An explicit denial goes before all that is allowed. */
export type Verdict = "allow" | "explicit-deny" | "implicit-deny";

/** Decides on the ARN of a method. */
export type MethodPolicy = (methodArn: string) => Verdict;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
const maxResourceCharacters = 512;

/** A policy that API Gateway may take and the local one cannot: it must not be taken for another. */
export class PolicyNotEmulated extends Error {
  override readonly name = "PolicyNotEmulated";
}

/**
 * Compiles the policy that an authorizer returned. Wildcards span slashes, as in IAM.
 *
 * @throws AwsError `MalformedPolicyDocument`.
 * @throws PolicyNotEmulated for conditions: AWS does not document which keys have a value there.
 */
export function compileMethodPolicy(policyDocument: unknown): MethodPolicy {
  const document = parsePolicyDocument(policyDocument, "identity");
  const variables = hasVariables(document);
  const statements = statementsOf(document).map((statement) => compile(statement, variables));
  return (methodArn) => {
    const effects = statements.filter(({ covers }) => covers(methodArn)).map((each) => each.effect);
    return effects.includes("Deny")
      ? "explicit-deny"
      : effects.includes("Allow")
        ? "allow"
        : "implicit-deny";
  };
}

function compile(statement: PolicyStatement, variables: boolean) {
  if (statement.Condition !== undefined) {
    throw new PolicyNotEmulated("conditions in the policy of an authorizer");
  }
  const named = listOf(statement.Resource ?? statement.NotResource ?? []);
  if (named.some((resource) => resource.length > maxResourceCharacters)) {
    throw malformedPolicy(`A resource has more than ${maxResourceCharacters} characters.`);
  }
  const actions = compileActions(statement);
  const resources = compileResources(statement, variables);
  const context = new Context();
  return {
    effect: statement.Effect,
    covers: (methodArn: string) =>
      actions.covers("execute-api:invoke", context) && resources.covers(methodArn, context),
  };
}
