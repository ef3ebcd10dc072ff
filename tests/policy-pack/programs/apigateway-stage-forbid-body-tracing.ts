import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:apigateway/methodSettings:MethodSettings";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "all", {
        restApi: "api1",
        stageName: "v1",
        methodPath: "*/*",
        settings: { dataTraceEnabled: false },
      }),
    ],
    decisive: ["all", "settings"],
    undecided: { unjudged: ['aws.apigateway.MethodSettings "all" (settings)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "all", {
        restApi: "api1",
        stageName: "v1",
        methodPath: "*/*",
        settings: { dataTraceEnabled: true },
      }),
    ],
    violations: ['aws.apigateway.MethodSettings "all" logs bodies of requests'],
    decisive: ["all", "settings"],
    undecided: { unjudged: ['aws.apigateway.MethodSettings "all" (settings)'] },
  },
];
