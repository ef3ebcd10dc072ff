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
      }),
    ],
    decisive: ["worker", "assumeRolePolicy"],
    undecided: { unjudged: ['aws.iam.Role "worker" (assumeRolePolicy)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "worker", {
        assumeRolePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}',
      }),
    ],
    violations: ['aws.iam.Role "worker" can be assumed by anybody'],
    decisive: ["worker", "assumeRolePolicy"],
    undecided: { unjudged: ['aws.iam.Role "worker" (assumeRolePolicy)'] },
  },
];
