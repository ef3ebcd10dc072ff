import { type ProgramResource, ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";
import { workerFunction } from "../support/well-built";

function program(timeout: number | undefined): ProgramResource[] {
  const fn = resource("aws:lambda/function:Function", "worker", {
    ...workerFunction,
    timeout,
  });
  const permission = resource("aws:lambda/permission:Permission", "invoke", {
    action: "lambda:InvokeFunction",
    function: ref(fn, "name"),
    principal: "apigateway.amazonaws.com",
    sourceArn: "arn:aws:execute-api:us-east-1:123456789012:api1/*",
  });
  return [fn, permission];
}

const undecided = { unjudged: ['aws.lambda.Function "worker" (timeout)'] };

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: program(29),
    decisive: ["worker", "timeout"],
    undecided,
  },
  { title: "says nothing", resources: program(undefined) },
  {
    title: "runs for too long",
    resources: program(60),
    violations: ['aws.lambda.Function "worker" may run for 60 s, longer than 30 s'],
    decisive: ["worker", "timeout"],
    undecided,
  },
];
