import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:lambda/function:Function";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "worker", {
        role: "arn:aws:iam::123456789012:role/worker",
        handler: "index.handler",
        s3Bucket: "code",
        s3Key: "worker.zip",
        runtime: "nodejs24.x",
        tracingConfig: { mode: "Active" },
      }),
    ],
    decisive: ["worker", "tracingConfig"],
    undecided: { unjudged: ['aws.lambda.Function "worker" (tracingConfig.mode)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "worker", {
        role: "arn:aws:iam::123456789012:role/worker",
        handler: "index.handler",
        s3Bucket: "code",
        s3Key: "worker.zip",
        runtime: "nodejs24.x",
        tracingConfig: { mode: "PassThrough" },
      }),
    ],
    violations: ['aws.lambda.Function "worker" is not traced'],
    decisive: ["worker", "tracingConfig"],
    undecided: { unjudged: ['aws.lambda.Function "worker" (tracingConfig.mode)'] },
  },
  {
    title: "says nothing",
    resources: [
      resource(type, "worker", {
        role: "arn:aws:iam::123456789012:role/worker",
        handler: "index.handler",
        s3Bucket: "code",
        s3Key: "worker.zip",
        runtime: "nodejs24.x",
      }),
    ],
    violations: ['aws.lambda.Function "worker" is not traced'],
  },
];
