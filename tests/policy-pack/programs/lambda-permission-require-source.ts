import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:lambda/permission:Permission",
  clean: {
    action: "lambda:InvokeFunction",
    function: "worker",
    principal: "s3.amazonaws.com",
    sourceArn: "arn:aws:s3:::images",
  },
  wrong: [
    [{ sourceArn: "*" }, "lets s3.amazonaws.com, on behalf of any account, invoke the function"],
    [
      { sourceArn: undefined },
      "lets s3.amazonaws.com, on behalf of any account, invoke the function",
    ],
  ],
});
