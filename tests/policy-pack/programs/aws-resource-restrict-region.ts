import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:sqs/queue:Queue",
  clean: { region: "us-east-1" },
  wrong: [[{ region: "eu-west-3" }, "is created in eu-west-3, where only us-east-1 is allowed"]],
});
