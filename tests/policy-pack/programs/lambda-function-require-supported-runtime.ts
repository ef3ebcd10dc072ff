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
      }),
    ],
    decisive: ["worker", "runtime"],
    undecided: { unjudged: ['aws.lambda.Function "worker" (runtime)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "worker", {
        role: "arn:aws:iam::123456789012:role/worker",
        handler: "index.handler",
        s3Bucket: "code",
        s3Key: "worker.zip",
        runtime: "nodejs16.x",
      }),
    ],
    violations: ['aws.lambda.Function "worker" has the runtime nodejs16.x, which is deprecated'],
    decisive: ["worker", "runtime"],
    undecided: { unjudged: ['aws.lambda.Function "worker" (runtime)'] },
  },
];
