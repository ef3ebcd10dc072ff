import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:iam/policy:Policy",
  clean: {
    policy:
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "arn:aws:s3:::images/*"}]}',
  },
  wrong: [
    [
      {
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "*"}]}',
      },
      "allows s3:PutObject on all resources",
    ],
  ],
});
