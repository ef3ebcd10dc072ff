import { type ProgramResource, ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";
import { workerFunction } from "../support/well-built";

function program(deadLetterConfig?: object): ProgramResource[] {
  const fn = resource("aws:lambda/function:Function", "worker", {
    ...workerFunction,
    name: "worker",
    deadLetterConfig,
  });
  const permission = resource("aws:lambda/permission:Permission", "invoke", {
    action: "lambda:InvokeFunction",
    function: ref(fn, "arn"),
    principal: "events.amazonaws.com",
    sourceArn: "arn:aws:events:us-east-1:123456789012:rule/hourly",
  });
  return [fn, permission];
}

const queueArn = "arn:aws:sqs:us-east-1:123456789012:dead-letters";
const separate = resource(
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  "failures",
  {
    functionName: "worker",
    destinationConfig: { onFailure: { destination: queueArn } },
  },
);

export const programs: RuleProgram[] = [
  {
    title: "has a dead letter queue",
    resources: program({ targetArn: queueArn }),
    decisive: ["worker", "deadLetterConfig"],
  },
  { title: "has a destination", resources: [...program(), separate] },
  {
    title: "says nothing",
    resources: program(),
    violations: [
      'aws.lambda.Function "worker" is invoked by events.amazonaws.com, and loses the events that it fails on',
    ],
  },
];
