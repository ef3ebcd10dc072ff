import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const codebuildProjectForbidPublicBuilds = resourceRule({
  name: "codebuild-project-forbid-public-builds",
  description: "Builds of CodeBuild projects are not public.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps: "Leave projectVisibility out, or set it to PRIVATE.",
  url: "https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html",
  ...requiring({
    type: "aws:codebuild/project:Project",
    path: ["projectVisibility"],
    accepts: ["PRIVATE"],
    byDefault: "PRIVATE",
    problem: "shows its builds to everybody",
  }),
});
