import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "attachment", {
        role: "worker",
        policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      }),
    ],
    decisive: ["attachment", "policyArn"],
    undecided: { unjudged: ['aws.iam.RolePolicyAttachment "attachment" (policyArn)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "attachment", {
        role: "worker",
        policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
      }),
    ],
    violations: ['aws.iam.RolePolicyAttachment "attachment" attaches AmazonS3FullAccess'],
    decisive: ["attachment", "policyArn"],
    undecided: { unjudged: ['aws.iam.RolePolicyAttachment "attachment" (policyArn)'] },
  },
];
