import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:iam/policy:Policy";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "writer", {
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "arn:aws:s3:::images/*"}]}',
      }),
    ],
    decisive: ["writer", "policy"],
    undecided: { unjudged: ['aws.iam.Policy "writer" (policy)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "writer", {
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "*"}]}',
      }),
    ],
    violations: ['aws.iam.Policy "writer" allows s3:PutObject on all resources'],
    decisive: ["writer", "policy"],
    undecided: { unjudged: ['aws.iam.Policy "writer" (policy)'] },
  },
];
