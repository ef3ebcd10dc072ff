import {
  allowing,
  documentWith,
  functionOf,
  httpAuthorizer,
  restAuthorizer,
} from "../support/authorizers";
import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const rest = resource("aws:apigateway/restApi:RestApi", "api", { name: "api" });
const http = resource("aws:apigatewayv2/api:Api", "http", { name: "http", protocolType: "HTTP" });
const narrow = allowing("event.methodArn");
const wide = allowing('`${event.methodArn.split("/", 2).join("/")}/*`');
const simple = functionOf("exports.handler = async () => ({ isAuthorized: true });");

function problem(holder: string, seconds = 300, whose = ""): string {
  return `${holder} keeps for ${String(seconds)} seconds${whose} what aws.lambda.Function "authorize" answers, and takes it for every route, though its policy names the one that was called`;
}

const ofRest = problem('aws.apigateway.Authorizer "users"');
const ofHttp = problem('aws.apigatewayv2.Authorizer "users"');
const ofDocument = problem('aws.apigateway.RestApi "api"', 60, ' for its authorizer "users"');
const unknownCode = {
  unjudged: ['aws.apigateway.Authorizer "users" (code of aws.lambda.Function "authorize")'],
};

function documented(seconds: number) {
  const body = documentWith({ authorizerResultTtlInSeconds: seconds });
  return resource("aws:apigateway/restApi:RestApi", "api", { name: "api", body });
}

export const programs: RuleProgram[] = [
  {
    title: "caches an answer for all routes",
    resources: [rest, wide, restAuthorizer(rest, wide)],
    decisive: ["authorize", "code"],
    undecided: unknownCode,
  },
  {
    title: "caches an answer for one route",
    resources: [rest, narrow, restAuthorizer(rest, narrow)],
    violations: [ofRest],
    decisive: ["authorize", "code"],
    undecided: unknownCode,
  },
  {
    title: "caches nothing",
    resources: [rest, narrow, restAuthorizer(rest, narrow, { authorizerResultTtlInSeconds: 0 })],
    decisive: ["users", "authorizerResultTtlInSeconds"],
    undecided: { unjudged: ['aws.apigateway.Authorizer "users" (authorizerResultTtlInSeconds)'] },
  },
  {
    title: "caches by the route",
    resources: [
      rest,
      narrow,
      restAuthorizer(rest, narrow, {
        identitySource: "method.request.header.Authorization, context.path, context.httpMethod",
      }),
    ],
    decisive: ["users", "identitySource"],
    undecided: { unjudged: ['aws.apigateway.Authorizer "users" (identitySource)'] },
  },
  {
    title: "caches by the path alone",
    resources: [
      rest,
      narrow,
      restAuthorizer(rest, narrow, {
        identitySource: "method.request.header.Authorization,context.path",
      }),
    ],
    violations: [ofRest],
    decisive: ["users", "identitySource"],
    undecided: { unjudged: ['aws.apigateway.Authorizer "users" (identitySource)'] },
  },
  {
    title: "caches an answer for one route of an HTTP API",
    resources: [http, narrow, httpAuthorizer(http, narrow)],
    violations: [ofHttp],
  },
  {
    title: "caches a simple response",
    resources: [http, simple, httpAuthorizer(http, simple, { enableSimpleResponses: true })],
  },
  {
    title: "caches by the route of an HTTP API",
    resources: [
      http,
      narrow,
      httpAuthorizer(http, narrow, {
        identitySources: ["$request.header.Authorization", "$context.routeKey"],
      }),
    ],
  },
  {
    title: "caches an answer for one route, by a document",
    resources: [narrow, documented(60)],
    violations: [ofDocument],
    decisive: ["api", "body"],
    undecided: { unjudged: ['aws.apigateway.RestApi "api" (body)'] },
  },
  { title: "caches an answer for all routes, by a document", resources: [wide, documented(60)] },
  { title: "caches nothing, by a document", resources: [narrow, documented(0)] },
];
