import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:mq/broker:Broker",
  clean: { engineType: "RabbitMQ", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
