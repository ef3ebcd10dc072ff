import { opensearchDomainRequireVpc as policy } from "../../policy-pack/policies/opensearch-domain-require-vpc";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  {
    type: "aws:opensearch/domain:Domain",
    clean: { vpcOptions: { subnetIds: ["subnet-1"] } },
    wrong: [[{ vpcOptions: undefined }, "has public addresses"]],
  },
  {
    type: "aws:elasticsearch/domain:Domain",
    clean: { vpcOptions: { subnetIds: ["subnet-1"] } },
    wrong: [[{ vpcOptions: undefined }, "has public addresses"]],
  },
);
