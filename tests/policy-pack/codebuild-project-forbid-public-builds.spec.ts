import { codebuildProjectForbidPublicBuilds as policy } from "../../policy-pack/policies/codebuild-project-forbid-public-builds";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:codebuild/project:Project",
  clean: { projectVisibility: "PRIVATE" },
  alsoClean: [{ projectVisibility: undefined }],
  wrong: [[{ projectVisibility: "PUBLIC_READ" }, "shows its builds to everybody"]],
});
