import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:iam/role:Role",
  clean: {
    assumeRolePolicy:
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}',
  },
  wrong: [
    [
      {
        assumeRolePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}',
      },
      "can be assumed by anybody",
    ],
  ],
});
