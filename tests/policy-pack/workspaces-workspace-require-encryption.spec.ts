import { workspacesWorkspaceRequireEncryption as policy } from "../../policy-pack/policies/workspaces-workspace-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:workspaces/workspace:Workspace",
  clean: { rootVolumeEncryptionEnabled: true, userVolumeEncryptionEnabled: true },
  wrong: [
    [{ rootVolumeEncryptionEnabled: undefined }, "does not encrypt its root volume"],
    [{ userVolumeEncryptionEnabled: false }, "does not encrypt its user volume"],
  ],
});
