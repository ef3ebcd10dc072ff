import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:codebuild/project:Project",
  clean: { projectVisibility: "PRIVATE" },
  alsoClean: [{ projectVisibility: undefined }],
  wrong: [[{ projectVisibility: "PUBLIC_READ" }, "shows its builds to everybody"]],
});
