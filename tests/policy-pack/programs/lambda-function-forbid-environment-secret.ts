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
        environment: { variables: { TABLE: "orders" } },
      }),
    ],
    decisive: ["worker", "environment"],
    undecided: { unjudged: ['aws.lambda.Function "worker" (environment.variables)'] },
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
        environment: { variables: { DB_PASSWORD: "tr0ub4dor&3" } },
      }),
    ],
    violations: ['aws.lambda.Function "worker" has what looks like secrets in DB_PASSWORD'],
    decisive: ["worker", "environment"],
    undecided: { unjudged: ['aws.lambda.Function "worker" (environment.variables)'] },
  },
];
