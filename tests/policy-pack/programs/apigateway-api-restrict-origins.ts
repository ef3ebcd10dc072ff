import { allowing, documentWith, httpAuthorizer, restAuthorizer } from "../support/authorizers";
import { type ProgramResource, ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const fn = allowing('"*"');
const rest = resource("aws:apigateway/restApi:RestApi", "api", { name: "api" });
const anyPage = "has an authorizer, and lets any page read its answers";
const app = "https://app.example.com";

function http(allowOrigins: unknown): ProgramResource {
  return resource("aws:apigatewayv2/api:Api", "http", {
    name: "http",
    protocolType: "HTTP",
    corsConfiguration: { allowOrigins },
  });
}

function refusals(origin: string): ProgramResource {
  return resource("aws:apigateway/response:Response", "refusals", {
    restApiId: ref(rest),
    responseType: "DEFAULT_4XX",
    responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": origin },
  });
}

function documented(origin: string): ProgramResource {
  const body = documentWith(
    {},
    {
      "x-amazon-apigateway-gateway-responses": {
        DEFAULT_5XX: {
          responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": origin },
        },
      },
    },
  );
  return resource("aws:apigateway/restApi:RestApi", "api", { name: "api", body });
}

const ofHttp = {
  violations: [`aws.apigatewayv2.Api "http" ${anyPage}: its corsConfiguration allows any origin`],
};

export const programs: RuleProgram[] = [
  {
    title: "names the origins",
    resources: [http([app]), fn, httpAuthorizer(http([app]), fn)],
    decisive: ["http", "corsConfiguration"],
    undecided: { unjudged: ['aws.apigatewayv2.Api "http" (corsConfiguration)'] },
  },
  {
    title: "allows any origin",
    resources: [http(["*"]), fn, httpAuthorizer(http(["*"]), fn)],
    ...ofHttp,
    decisive: ["http", "corsConfiguration"],
    undecided: { unjudged: ['aws.apigatewayv2.Api "http" (corsConfiguration)'] },
  },
  { title: "allows any origin without an authorizer", resources: [http(["*"])] },
  {
    title: "allows any origin in what the gateway answers",
    resources: [rest, fn, restAuthorizer(rest, fn), refusals("'*'")],
    violations: [
      `aws.apigateway.RestApi "api" ${anyPage}: aws.apigateway.Response "refusals" sets Access-Control-Allow-Origin to *`,
    ],
    decisive: ["refusals", "responseParameters"],
    undecided: {
      unjudged: [
        'aws.apigateway.RestApi "api" (responseParameters of aws.apigateway.Response "refusals")',
      ],
    },
  },
  {
    title: "names an origin in what the gateway answers",
    resources: [rest, fn, restAuthorizer(rest, fn), refusals(`'${app}'`)],
  },
  {
    title: "allows any origin in a document",
    resources: [fn, documented("'*'")],
    violations: [
      `aws.apigateway.RestApi "api" ${anyPage}: its document sets Access-Control-Allow-Origin to *`,
    ],
    decisive: ["api", "body"],
    undecided: { unjudged: ['aws.apigateway.RestApi "api" (body)'] },
  },
  { title: "names an origin in a document", resources: [fn, documented(`'${app}'`)] },
];
