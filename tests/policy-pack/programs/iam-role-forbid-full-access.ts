import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  clean: {
    role: "worker",
    policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
  },
  wrong: [
    [{ policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" }, "attaches AmazonS3FullAccess"],
  ],
});
