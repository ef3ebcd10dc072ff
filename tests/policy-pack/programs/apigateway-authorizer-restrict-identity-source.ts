import { allowing, documentWith, httpAuthorizer, restAuthorizer } from "../support/authorizers";
import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const rest = resource("aws:apigateway/restApi:RestApi", "api", { name: "api" });
const http = resource("aws:apigatewayv2/api:Api", "http", { name: "http", protocolType: "HTTP" });
const fn = allowing('"*"');
const token = "method.request.querystring.token";

function inRest(changes: object) {
  return [rest, fn, restAuthorizer(rest, fn, changes)];
}

function inHttp(changes: object) {
  return [http, fn, httpAuthorizer(http, fn, changes)];
}

function inDocument(authorizer: object) {
  const body = documentWith(authorizer);
  return [fn, resource("aws:apigateway/restApi:RestApi", "api", { name: "api", body })];
}

const byQuery = (holder: string, source: string, whose = "") =>
  `${holder} takes${whose} the token from the query string, by ${source}, which is written to logs`;
const unknownSource = {
  unjudged: ['aws.apigateway.Authorizer "users" (identitySource)'],
};

export const programs: RuleProgram[] = [
  {
    title: "takes the token from a header",
    resources: inRest({ identitySource: "method.request.header.Authorization" }),
    decisive: ["users", "identitySource"],
    undecided: unknownSource,
  },
  { title: "says nothing", resources: inRest({}) },
  {
    title: "takes the token from the query string",
    resources: inRest({ identitySource: token }),
    violations: [byQuery('aws.apigateway.Authorizer "users"', token)],
    decisive: ["users", "identitySource"],
    undecided: unknownSource,
  },
  {
    title: "takes a token from the query string of an HTTP API",
    resources: inHttp({ identitySources: ["$request.querystring.id"] }),
    violations: [byQuery('aws.apigatewayv2.Authorizer "users"', "$request.querystring.id")],
  },
  {
    title: "caches by nothing",
    resources: inHttp({ identitySources: [] }),
    violations: [
      'aws.apigatewayv2.Authorizer "users" keeps answers for 300 seconds by nothing that tells callers apart',
    ],
  },
  {
    title: "takes the token from the query string, by a document",
    resources: inDocument({ identitySource: token }),
    violations: [byQuery('aws.apigateway.RestApi "api"', token, ', for its authorizer "users",')],
  },
  {
    title: "caches by nothing, by a document",
    resources: inDocument({ identitySource: undefined }),
    violations: [
      'aws.apigateway.RestApi "api" keeps, for its authorizer "users", answers for 300 seconds by nothing that tells callers apart',
    ],
  },
  {
    title: "needs nothing and caches nothing, by a document",
    resources: inDocument({ identitySource: undefined, authorizerResultTtlInSeconds: 0 }),
  },
];
