import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:iam/role:Role",
  clean: {
    assumeRolePolicy:
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}',
    inlinePolicies: [{}],
  },
  wrong: [
    [
      {
        inlinePolicies: [
          {
            name: "all",
            policy:
              '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::images/*"}]}',
          },
        ],
      },
      "has inline policies",
    ],
  ],
});
