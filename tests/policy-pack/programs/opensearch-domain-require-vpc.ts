import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"],
  clean: { vpcOptions: { subnetIds: ["subnet-1"] } },
  wrong: [[{ vpcOptions: undefined }, "has public addresses"]],
  asks: { vpcOptions: null },
});
