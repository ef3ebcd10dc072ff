import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { maySet } from "../lib/values";

/** From this version on EKS encrypts all that Kubernetes stores with a key of its own. */
const encryptedSince = 28;

export const eksClusterRequireSecretEncryption = resourceRule({
  name: "eks-cluster-require-secret-encryption",
  description:
    "Secrets in EKS clusters are encrypted, with a key of the account where a team asks for it.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("EKS.3")],
  remediationSteps: "Set encryptionConfig with the resource secrets and the ARN of a KMS key.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html",
  settings: {
    requireKey: {
      type: "boolean",
      default: false,
      description: "Whether clusters need a KMS key of the account.",
    },
  },
  types: ["aws:eks/cluster:Cluster"],
  check(cluster, report, { requireKey }) {
    if (maySet(cluster.declared("encryptionConfig"))) {
      return;
    }
    const minor = /^1\.(\d+)$/.exec(String(cluster.known("version")))?.[1];
    if (minor !== undefined && Number(minor) < encryptedSince) {
      report("does not encrypt secrets");
    } else if (requireKey) {
      report("encrypts secrets with a key that is not in the account");
    }
  },
});
