import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const workspacesWorkspaceRequireEncryption = resourceRule({
  name: "workspaces-workspace-require-encryption",
  description: "Volumes of WorkSpaces are encrypted.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("WorkSpaces.1"), fsbp("WorkSpaces.2")],
  remediationSteps:
    "Set rootVolumeEncryptionEnabled and userVolumeEncryptionEnabled to true; a workspace in clear has to be replaced.",
  url: "https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html",
  ...requiring(
    {
      type: "aws:workspaces/workspace:Workspace",
      path: ["rootVolumeEncryptionEnabled"],
      accepts: [true],
      problem: "does not encrypt its root volume",
    },
    {
      type: "aws:workspaces/workspace:Workspace",
      path: ["userVolumeEncryptionEnabled"],
      accepts: [true],
      problem: "does not encrypt its user volume",
    },
  ),
});
