import { opensearchDomainRequireEncryption as policy } from "../../policy-pack/policies/opensearch-domain-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  {
    type: "aws:opensearch/domain:Domain",
    clean: { encryptAtRest: { enabled: true } },
    wrong: [
      [{ encryptAtRest: undefined }, "is not encrypted"],
      [{ encryptAtRest: { enabled: false } }, "is not encrypted"],
    ],
  },
  {
    type: "aws:elasticsearch/domain:Domain",
    clean: { encryptAtRest: { enabled: true } },
    wrong: [
      [{ encryptAtRest: undefined }, "is not encrypted"],
      [{ encryptAtRest: { enabled: false } }, "is not encrypted"],
    ],
  },
);
