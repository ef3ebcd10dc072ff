import { type ProgramResource, ref, resource, text } from "../support/program";
import type { RuleProgram } from "../support/six-ways";
import { workerFunction } from "../support/well-built";

const role = resource("aws:iam/role:Role", "role", { assumeRolePolicy: "{}" });

function worker(name: string | undefined, loggingConfig?: object): ProgramResource {
  return resource("aws:lambda/function:Function", "worker", {
    ...workerFunction,
    role: ref(role, "arn"),
    name,
    loggingConfig,
  });
}

function group(name: unknown, retentionInDays?: number): ProgramResource {
  return resource("aws:cloudwatch/logGroup:LogGroup", "logs", { name, retentionInDays });
}

const generated = worker(undefined);
const given = group("logs-4f2a", 30);
const violations = ['aws.lambda.Function "worker" has no log group in the program'];

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [role, generated], violations },
  { title: "says nothing of a function with a name", resources: [role, worker("w")], violations },
  {
    title: "sets a format only",
    resources: [role, worker("w", { logFormat: "JSON" })],
    violations,
  },
  {
    title: "names the group that Lambda takes anyway",
    resources: [role, worker("w", { logFormat: "JSON", logGroup: "/aws/lambda/w" })],
    violations,
  },
  {
    title: "has the group of another function",
    resources: [role, worker("w"), group("/aws/lambda/other", 30)],
    violations,
  },
  {
    title: "has a group that is named for the function",
    resources: [role, generated, group(text("/aws/lambda/", ref(generated, "name")), 30)],
  },
  {
    title: "has a group of the literal name",
    resources: [role, worker("w"), group("/aws/lambda/w", 30)],
  },
  {
    title: "is given a group",
    resources: [role, given, worker("w", { logFormat: "JSON", logGroup: ref(given, "name") })],
  },
  {
    title: "is given a group of another stack",
    resources: [role, worker("w", { logFormat: "JSON", logGroup: "/shared/logs" })],
    decisive: ["worker", "loggingConfig"],
  },
  {
    title: "keeps logs for ever",
    resources: [role, worker("w"), group("/aws/lambda/w")],
    violations: ['aws.lambda.Function "worker" has a log group without retention'],
  },
];
