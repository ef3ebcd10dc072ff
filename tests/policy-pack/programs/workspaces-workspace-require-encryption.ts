import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:workspaces/workspace:Workspace",
  clean: { rootVolumeEncryptionEnabled: true, userVolumeEncryptionEnabled: true },
  wrong: [
    [{ rootVolumeEncryptionEnabled: undefined }, "does not encrypt its root volume"],
    [{ userVolumeEncryptionEnabled: false }, "does not encrypt its user volume"],
  ],
});
