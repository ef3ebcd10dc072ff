import { opensearchDomainRequireNodeEncryption as policy } from "../../policy-pack/policies/opensearch-domain-require-node-encryption";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  {
    type: "aws:opensearch/domain:Domain",
    clean: { nodeToNodeEncryption: { enabled: true } },
    wrong: [
      [{ nodeToNodeEncryption: undefined }, "does not encrypt what its nodes send each other"],
      [
        { nodeToNodeEncryption: { enabled: false } },
        "does not encrypt what its nodes send each other",
      ],
    ],
  },
  {
    type: "aws:elasticsearch/domain:Domain",
    clean: { nodeToNodeEncryption: { enabled: true } },
    wrong: [
      [{ nodeToNodeEncryption: undefined }, "does not encrypt what its nodes send each other"],
      [
        { nodeToNodeEncryption: { enabled: false } },
        "does not encrypt what its nodes send each other",
      ],
    ],
  },
);
