import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:iam/role:Role";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "worker", {
        assumeRolePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}',
        inlinePolicies: [{}],
      }),
    ],
    decisive: ["worker", "inlinePolicies"],
    undecided: { unjudged: ['aws.iam.Role "worker" (inlinePolicies)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "worker", {
        assumeRolePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}',
        inlinePolicies: [
          {
            name: "all",
            policy:
              '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::images/*"}]}',
          },
        ],
      }),
    ],
    violations: ['aws.iam.Role "worker" has inline policies'],
    decisive: ["worker", "inlinePolicies"],
    undecided: { unjudged: ['aws.iam.Role "worker" (inlinePolicies)'] },
  },
];
