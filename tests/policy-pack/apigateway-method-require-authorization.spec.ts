import { apigatewayMethodRequireAuthorization as policy } from "../../policy-pack/policies/apigateway-method-require-authorization";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("apigateway-method-require-authorization", () => {
  const keyed = { security: [{ apiKey: [] }] };
  const label = 'aws.apigateway.RestApi "api" lets anybody call';

  function apiWith(paths: object, rest: object = {}) {
    return resource("aws:apigateway/restApi:RestApi", "api", {
      body: JSON.stringify({ openapi: "3.0.3", paths, ...rest }),
    });
  }

  it("accepts operations that need a key, an authorizer or IAM", async () => {
    await assertAccepted(policy, [
      apiWith({ "/images": { get: keyed, post: keyed } }),
      apiWith({ "/images": { get: {} } }, { security: [{ authorizer: [] }] }),
      apiWith({ "/images": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } }),
    ]);
  });

  it("accepts health checks, preflights, and mocks that refuse", async () => {
    const mock = { type: "mock", responses: { default: { statusCode: "405" } } };
    await assertAccepted(policy, [
      apiWith({
        "/health": { get: { security: [] } },
        "/images": {
          parameters: [],
          options: {},
          "x-amazon-apigateway-any-method": { "x-amazon-apigateway-integration": mock },
        },
      }),
    ]);
  });

  it("accepts a document that is missing, not known yet or no JSON", async () => {
    await assertAccepted(policy, [
      resource("aws:apigateway/restApi:RestApi", "api", {}),
      resource("aws:apigateway/restApi:RestApi", "api", { body: outputOf() }),
      resource("aws:apigateway/restApi:RestApi", "api", { body: "openapi: 3.0.3" }),
      resource("aws:apigateway/restApi:RestApi", "api", {
        body: { paths: { "/images": { get: outputOf() } } },
      }),
    ]);
  });

  for (const [what, operation] of [
    ["has no security", {}],
    ["turns the document's security off", { security: [] }],
    ["makes it optional", { security: [{ apiKey: [] }, {}] }],
    ["has the authorization NONE", { "x-amazon-apigateway-auth": { type: "NONE" }, security: [] }],
  ] as const) {
    it(`refuses an operation that ${what}`, async () => {
      const rest = what === "has no security" ? {} : keyed;
      await assertRefused(
        policy,
        [apiWith({ "/images": { post: operation, get: keyed } }, rest)],
        `${label} POST /images`,
      );
    });
  }

  it("refuses a mock that succeeds", async () => {
    const mock = { type: "mock", responses: { default: { statusCode: "200" } } };
    await assertRefused(
      policy,
      [
        apiWith({
          "/": { "x-amazon-apigateway-any-method": { "x-amazon-apigateway-integration": mock } },
        }),
      ],
      `${label} ANY /`,
    );
  });

  it("checks methods that are resources, by the path of what they belong to", async () => {
    const images = resource("aws:apigateway/resource:Resource", "images", { pathPart: "images" });
    const one = resource("aws:apigateway/resource:Resource", "one", {
      parentId: outputOf(images),
      pathPart: "{id}",
    });
    const method = resource("aws:apigateway/method:Method", "get-one", {
      resourceId: outputOf(one),
      httpMethod: "GET",
      authorization: "NONE",
    });
    await assertRefused(
      policy,
      [images, one, method],
      'aws.apigateway.Method "get-one" lets anybody call GET /images/{id}',
    );
    for (const change of [
      { authorization: "AWS_IAM" },
      { authorization: outputOf() },
      { apiKeyRequired: true },
      { apiKeyRequired: outputOf() },
      { httpMethod: "OPTIONS" },
    ]) {
      await assertAccepted(policy, [images, one, spoiled(method, change)]);
    }
  });

  it("checks routes of HTTP APIs", async () => {
    const route = resource("aws:apigatewayv2/route:Route", "list", { routeKey: "GET /images" });
    await assertRefused(
      policy,
      [route],
      'aws.apigatewayv2.Route "list" lets anybody call GET /images',
    );
    await assertAccepted(policy, [spoiled(route, { authorizationType: "JWT" })]);
    await assertAccepted(policy, [spoiled(route, { routeKey: "GET /health" })]);
  });

  it("checks the connection of a WebSocket API alone", async () => {
    const api = resource("aws:apigatewayv2/api:Api", "chat", { protocolType: "WEBSOCKET" });
    const route = resource("aws:apigatewayv2/route:Route", "send", {
      apiId: outputOf(api),
      routeKey: "send",
    });
    await assertAccepted(policy, [api, route]);
    await assertRefused(
      policy,
      [api, spoiled(route, { routeKey: "$connect" })],
      'aws.apigatewayv2.Route "send" lets anybody call $connect',
    );
  });

  it("allows what a team allows", async () => {
    await assertAccepted(policy, [apiWith({ "/status": { get: {} } })], {
      settings: { allowed: ["GET /status"] },
    });
  });
});
