import type { StackPermissions } from "../../bootstrap/permissions/stack-permissions";
import { runProgram } from "../../tests/support/program-run";
import type { MockedRun } from "../../tests/support/pulumi";
import { everyOption, requireAllKeys } from "./every-option";

interface Document {
  Statement: Statement[];
}

interface Statement {
  Effect: "Allow" | "Deny";
  Action: string | string[];
  Principal?: { Service?: string | string[] };
}

/** What the program makes with every option on, as deployments are to be allowed it. */
export async function neededPermissions(): Promise<StackPermissions> {
  requireAllKeys();
  const { run } = await runProgram("production", everyOption);
  return {
    types: sorted(run.resources.map(({ type }) => type).filter((type) => /^aws:\w+\//.test(type))),
    functions: sorted(run.functions),
    roleActions: sorted(grantedActions(run)),
    managedPolicies: sorted(
      run
        .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .map(({ inputs }) => String(inputs.policyArn))
        .filter((arn) => arn.startsWith("arn:aws:iam::aws:policy/")),
    ),
    trustedServices: sorted(
      run
        .ofType("aws:iam/role:Role")
        .flatMap(({ inputs }) => statementsOf(inputs.assumeRolePolicy))
        .flatMap(({ Principal }) => listOf(Principal?.Service ?? [])),
    ),
    objectKeys: sorted(
      run.ofType("aws:s3/bucketObjectv2:BucketObjectv2").map(({ inputs }) => String(inputs.key)),
    ),
  };
}

function grantedActions(run: MockedRun): string[] {
  return ["aws:iam/policy:Policy", "aws:iam/rolePolicy:RolePolicy"]
    .flatMap((type) => run.ofType(type))
    .flatMap(({ inputs }) => statementsOf(inputs.policy))
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => listOf(Action));
}

function statementsOf(document: unknown): Statement[] {
  return (JSON.parse(String(document)) as Document).Statement;
}

function listOf(value: string | string[]): string[] {
  return Array.isArray(value) ? value : [value];
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
