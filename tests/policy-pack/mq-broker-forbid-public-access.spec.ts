import { mqBrokerForbidPublicAccess as policy } from "../../policy-pack/policies/mq-broker-forbid-public-access";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:mq/broker:Broker",
  clean: { engineType: "RabbitMQ", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
