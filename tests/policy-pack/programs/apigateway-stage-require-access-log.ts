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
        accessLogSettings: {
          destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:access",
          format: "$context.requestId",
        },
      }),
    ],
    decisive: ["v1", "accessLogSettings"],
  },
  {
    title: "says nothing",
    resources: [resource(type, "v1", { restApi: "api1", deployment: "d1", stageName: "v1" })],
    violations: ['aws.apigateway.Stage "v1" has no access log'],
  },
];
