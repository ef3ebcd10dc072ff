import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const api = resource("aws:apigateway/restApi:RestApi", "api");
const stage = resource("aws:apigateway/stage:Stage", "v1", {
  restApi: ref(api),
  deployment: "d1",
  stageName: "v1",
});

function settings(values: object) {
  return resource("aws:apigateway/methodSettings:MethodSettings", "all", {
    restApi: ref(api),
    stageName: ref(stage, "stageName"),
    methodPath: "*/*",
    settings: values,
  });
}

const violations = ['aws.apigateway.Stage "v1" has no execution log'];
const undecided = {
  unjudged: [
    'aws.apigateway.Stage "v1" (settings.loggingLevel of aws.apigateway.MethodSettings "all")',
  ],
};

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [api, stage], violations },
  {
    title: "complies",
    resources: [api, stage, settings({ loggingLevel: "ERROR" })],
    decisive: ["all", "settings"],
    undecided,
  },
  {
    title: "turns it off",
    resources: [api, stage, settings({ loggingLevel: "OFF" })],
    violations,
    decisive: ["all", "settings"],
    undecided,
  },
];
