import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:apigateway/stage:Stage";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "v1", {
        restApi: "api1",
        deployment: "d1",
        stageName: "v1",
        xrayTracingEnabled: true,
      }),
    ],
    decisive: ["v1", "xrayTracingEnabled"],
    undecided: { unjudged: ['aws.apigateway.Stage "v1" (xrayTracingEnabled)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "v1", {
        restApi: "api1",
        deployment: "d1",
        stageName: "v1",
        xrayTracingEnabled: false,
      }),
    ],
    violations: ['aws.apigateway.Stage "v1" is not traced'],
    decisive: ["v1", "xrayTracingEnabled"],
    undecided: { unjudged: ['aws.apigateway.Stage "v1" (xrayTracingEnabled)'] },
  },
  {
    title: "says nothing",
    resources: [resource(type, "v1", { restApi: "api1", deployment: "d1", stageName: "v1" })],
    violations: ['aws.apigateway.Stage "v1" is not traced'],
  },
];
