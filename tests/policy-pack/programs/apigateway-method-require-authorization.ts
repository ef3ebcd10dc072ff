import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const api = resource("aws:apigateway/restApi:RestApi", "api");
const path = resource("aws:apigateway/resource:Resource", "images", {
  restApi: ref(api),
  parentId: ref(api, "rootResourceId"),
  pathPart: "images",
});

function method(authorization: string) {
  return resource("aws:apigateway/method:Method", "list", {
    restApi: ref(api),
    resourceId: ref(path),
    httpMethod: "GET",
    authorization,
  });
}

function document(security: object[]) {
  const securitySchemes = { key: { type: "apiKey", name: "x-api-key", in: "header" } };
  return JSON.stringify({
    openapi: "3.0.3",
    components: { securitySchemes },
    paths: { "/images": { post: { security } } },
  });
}

const undecided = { unjudged: ['aws.apigateway.Method "list" (authorization)'] };

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [api, path, method("AWS_IAM")],
    decisive: ["list", "authorization"],
    undecided,
  },
  {
    title: "lets anybody call a method",
    resources: [api, path, method("NONE")],
    violations: ['aws.apigateway.Method "list" lets anybody call GET /images'],
    decisive: ["list", "authorization"],
    undecided,
  },
  {
    title: "complies by a document",
    resources: [
      resource("aws:apigateway/restApi:RestApi", "api", { body: document([{ key: [] }]) }),
    ],
    decisive: ["api", "body"],
    undecided: { unjudged: ['aws.apigateway.RestApi "api" (body)'] },
  },
  {
    title: "lets anybody call an operation of a document",
    resources: [resource("aws:apigateway/restApi:RestApi", "api", { body: document([]) })],
    violations: ['aws.apigateway.RestApi "api" lets anybody call POST /images'],
    decisive: ["api", "body"],
    undecided: { unjudged: ['aws.apigateway.RestApi "api" (body)'] },
  },
];
