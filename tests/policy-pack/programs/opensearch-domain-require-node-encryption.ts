import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"],
  clean: { nodeToNodeEncryption: { enabled: true } },
  wrong: [
    [{ nodeToNodeEncryption: undefined }, "does not encrypt what its nodes send each other"],
    [
      { nodeToNodeEncryption: { enabled: false } },
      "does not encrypt what its nodes send each other",
    ],
  ],
  asks: { nodeToNodeEncryption: "nodeToNodeEncryption.enabled" },
});
