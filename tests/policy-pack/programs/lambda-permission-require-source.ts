import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:lambda/permission:Permission";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "invoke", {
        action: "lambda:InvokeFunction",
        function: "worker",
        principal: "s3.amazonaws.com",
        sourceArn: "arn:aws:s3:::images",
      }),
    ],
    decisive: ["invoke", "sourceArn"],
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "invoke", {
        action: "lambda:InvokeFunction",
        function: "worker",
        principal: "s3.amazonaws.com",
        sourceArn: "*",
      }),
    ],
    violations: [
      'aws.lambda.Permission "invoke" lets s3.amazonaws.com, on behalf of any account, invoke the function',
    ],
    decisive: ["invoke", "sourceArn"],
  },
  {
    title: "says nothing",
    resources: [
      resource(type, "invoke", {
        action: "lambda:InvokeFunction",
        function: "worker",
        principal: "s3.amazonaws.com",
      }),
    ],
    violations: [
      'aws.lambda.Permission "invoke" lets s3.amazonaws.com, on behalf of any account, invoke the function',
    ],
  },
];
