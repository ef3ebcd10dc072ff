import { efsFileSystemRequireEncryption as policy } from "../../policy-pack/policies/efs-file-system-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:efs/fileSystem:FileSystem",
  clean: { throughputMode: "elastic", encrypted: true },
  wrong: [
    [{ encrypted: false }, "is not encrypted"],
    [{ encrypted: undefined }, "is not encrypted"],
  ],
});
