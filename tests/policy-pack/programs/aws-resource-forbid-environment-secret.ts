import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

function project(name: string, value: string) {
  return resource("aws:codebuild/project:Project", "build", {
    artifacts: { type: "NO_ARTIFACTS" },
    environment: {
      computeType: "BUILD_GENERAL1_SMALL",
      image: "aws/codebuild/standard:7.0",
      type: "LINUX_CONTAINER",
      environmentVariables: [{ name, value }],
    },
    serviceRole: "arn:aws:iam::123456789012:role/build",
    source: { type: "NO_SOURCE", buildspec: "version: 0.2" },
  });
}

const undecided = {
  unjudged: ['aws.codebuild.Project "build" (environment)'],
};

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [project("STAGE", "production")],
    decisive: ["build", "environment"],
    undecided,
  },
  {
    title: "has a password in clear",
    resources: [project("DB_PASSWORD", "tr0ub4dor&3")],
    violations: ['aws.codebuild.Project "build" has what looks like secrets in DB_PASSWORD'],
    decisive: ["build", "environment"],
    undecided,
  },
];
