import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:lambda/functionUrl:FunctionUrl";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [resource(type, "url", { functionName: "worker", authorizationType: "AWS_IAM" })],
    decisive: ["url", "authorizationType"],
    undecided: { unjudged: ['aws.lambda.FunctionUrl "url" (authorizationType)'] },
  },
  {
    title: "violates it explicitly",
    resources: [resource(type, "url", { functionName: "worker", authorizationType: "NONE" })],
    violations: ['aws.lambda.FunctionUrl "url" can be called by anybody'],
    decisive: ["url", "authorizationType"],
    undecided: { unjudged: ['aws.lambda.FunctionUrl "url" (authorizationType)'] },
  },
  {
    title: "says nothing",
    resources: [resource(type, "url", { functionName: "worker" })],
    violations: ['aws.lambda.FunctionUrl "url" can be called by anybody'],
  },
];
