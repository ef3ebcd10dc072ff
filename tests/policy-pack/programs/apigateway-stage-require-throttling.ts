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

const stageV2 = resource("aws:apigatewayv2/stage:Stage", "http", { apiId: "api2" });
const violations = ['aws.apigateway.Stage "v1" is not throttled'];

function undecidedBy(...asked: string[]) {
  return { unjudged: [`aws.apigateway.Stage "v1" (${asked.join(", ")})`] };
}

const undecided = undecidedBy(
  'settings.throttlingRateLimit of aws.apigateway.MethodSettings "all"',
  'settings.throttlingBurstLimit of aws.apigateway.MethodSettings "all"',
);

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [api, stage], violations },
  {
    title: "says nothing of an HTTP API",
    resources: [stageV2],
    violations: ['aws.apigatewayv2.Stage "http" is not throttled'],
  },
  {
    title: "has limits of an HTTP API's routes",
    resources: [
      resource("aws:apigatewayv2/stage:Stage", "http", {
        apiId: "api2",
        defaultRouteSettings: { throttlingRateLimit: 10, throttlingBurstLimit: 20 },
      }),
    ],
    decisive: ["http", "defaultRouteSettings"],
    undecided: {
      unjudged: [
        'aws.apigatewayv2.Stage "http" (defaultRouteSettings.throttlingRateLimit, defaultRouteSettings.throttlingBurstLimit)',
      ],
    },
  },
  {
    title: "has settings for all methods",
    resources: [api, stage, settings({ throttlingRateLimit: 10, throttlingBurstLimit: 20 })],
    decisive: ["all", "settings"],
    undecided,
  },
  {
    title: "lifts the limits",
    resources: [api, stage, settings({ throttlingRateLimit: -1, throttlingBurstLimit: -1 })],
    violations,
    decisive: ["all", "settings"],
    undecided,
  },
  {
    title: "has a usage plan",
    resources: [
      api,
      stage,
      resource("aws:apigateway/usagePlan:UsagePlan", "plan", {
        apiStages: [{ apiId: ref(api), stage: ref(stage, "stageName") }],
        throttleSettings: { rateLimit: 10, burstLimit: 20 },
      }),
    ],
    decisive: ["plan", "throttleSettings"],
    undecided: undecidedBy(
      'throttleSettings.rateLimit of aws.apigateway.UsagePlan "plan"',
      'throttleSettings.burstLimit of aws.apigateway.UsagePlan "plan"',
    ),
  },
];
