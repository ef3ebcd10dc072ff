import assert from "node:assert/strict";
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

  it("checks the route that comes with the target of an HTTP API", async () => {
    const target = "arn:aws:lambda:eu-west-1:123456789012:function:images";
    const type = "aws:apigatewayv2/api:Api";
    await assertRefused(
      policy,
      [
        resource(type, "http", { protocolType: "HTTP", target, routeKey: "ANY /images" }),
        resource(type, "quick", { protocolType: "HTTP", target: outputOf() }),
      ],
      [
        'aws.apigatewayv2.Api "http" lets anybody call ANY /images',
        'aws.apigatewayv2.Api "quick" lets anybody call $default',
      ],
    );
    await assertAccepted(policy, [
      resource(type, "http", { protocolType: "HTTP", target, routeKey: "GET /health" }),
      resource(type, "http", { protocolType: "HTTP" }),
    ]);
  });

  describe("of a private API", () => {
    const open = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" };
    const limits = { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } };
    const denial = {
      ...open,
      Effect: "Deny",
      Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
    };
    const endpointConfiguration = { types: "PRIVATE" };

    function privateApi(changes: object, ...statements: object[]) {
      const api = resource("aws:apigateway/restApi:RestApi", "api", {
        endpointConfiguration,
        ...(statements.length > 0 && { policy: JSON.stringify({ Statement: statements }) }),
        ...changes,
      });
      const method = resource("aws:apigateway/method:Method", "list", {
        restApi: outputOf(api),
        httpMethod: "GET",
        authorization: "NONE",
      });
      return [api, method];
    }

    const body = JSON.stringify({ openapi: "3.0.3", paths: { "/images": { get: {} } } });

    it("accepts whatever its policy limits to endpoints, in each of the ways to write it", async () => {
      await assertAccepted(policy, privateApi({}, { ...open, Condition: limits }));
      await assertAccepted(policy, privateApi({}, open, denial));
      await assertAccepted(policy, privateApi({ body }, open, denial));
      const [api, method] = privateApi({});
      assert.ok(api && method);
      const separate = resource("aws:apigateway/restApiPolicy:RestApiPolicy", "policy", {
        restApiId: outputOf(api),
        policy: JSON.stringify({ Statement: [{ ...open, Condition: limits }] }),
      });
      await assertAccepted(policy, [api, method, separate]);
    });

    it("refuses what whoever has an endpoint may call", async () => {
      const expected = 'aws.apigateway.Method "list" lets anybody call GET ';
      await assertRefused(policy, privateApi({}, open), expected);
      await assertRefused(policy, privateApi({ body }, open), [expected, `${label} GET /images`]);
    });

    it("is checked as any other where only the policy says that it is private", async () => {
      await assertRefused(
        policy,
        privateApi({ endpointConfiguration: { types: ["REGIONAL"] } }, open, denial),
        'aws.apigateway.Method "list" lets anybody call GET ',
      );
    });
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
