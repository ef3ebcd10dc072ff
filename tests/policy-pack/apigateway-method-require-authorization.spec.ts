import assert from "node:assert/strict";
import { apigatewayMethodRequireAuthorization as policy } from "../../policy-pack/policies/apigateway-method-require-authorization";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
  spoiled,
} from "./support/harness";
import { type ProgramResource, ref } from "./support/program";

describe("apigateway-method-require-authorization", () => {
  const keyed = { security: [{ apiKey: [] }] };
  const label = 'aws.apigateway.RestApi "api" lets anybody call';

  const authorizerUri =
    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations";
  const inHeader = { type: "apiKey", name: "Authorization", in: "header" };
  const authorizer = (type: string, more: object = { authorizerUri }) => ({
    ...inHeader,
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": { type, ...more },
  });
  const schemes = {
    apiKey: { type: "apiKey", name: "X-API-Key", in: "header" },
    token: authorizer("token"),
    request: authorizer("REQUEST"),
    pool: {
      ...authorizer("cognito_user_pools", { providerARNs: ["arn:aws:cognito-idp:::userpool/p"] }),
      "x-amazon-apigateway-authtype": "cognito_user_pools",
    },
    iam: { ...inHeader, "x-amazon-apigateway-authtype": "awsSigv4" },
    other: { $ref: "#/components/securitySchemes/request" },
    shared: {
      ...inHeader,
      "x-amazon-apigateway-authorizer": { $ref: "#/x-authorizers/a~1b" },
    },
    bearer: { type: "http", scheme: "bearer" },
    custom: { ...inHeader, "x-amazon-apigateway-authtype": "custom" },
    emptied: { ...inHeader, "x-amazon-apigateway-authorizer": {} },
    inQuery: { type: "apiKey", name: "x-api-key", in: "query" },
    nowhere: { $ref: "#/components/securitySchemes/gone" },
    circular: { $ref: "#/components/securitySchemes/circular" },
  };
  const jwt = {
    type: "openIdConnect",
    openIdConnectUrl: "https://id.example.com/.well-known/openid-configuration",
    "x-amazon-apigateway-authorizer": {
      type: "jwt",
      identitySource: "$request.header.Authorization",
      jwtConfiguration: { issuer: "https://id.example.com", audience: ["images"] },
    },
  };

  function apiWith(paths: object, rest: object = {}) {
    return resource("aws:apigateway/restApi:RestApi", "api", {
      body: JSON.stringify({
        openapi: "3.0.3",
        components: { securitySchemes: schemes },
        paths,
        ...rest,
      }),
    });
  }

  it("accepts operations that need a key, an authorizer or IAM", async () => {
    await assertAccepted(policy, [
      apiWith({ "/images": { get: keyed, post: keyed } }),
      apiWith({ "/images": { get: {} } }, { security: [{ request: [] }] }),
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

  for (const security of [
    [{ token: [] }],
    [{ request: [] }],
    [{ pool: ["images/read"] }],
    [{ iam: [] }],
    [{ other: [] }],
    [{ shared: [] }],
    [{ request: [], apiKey: [] }],
    [{ request: [], bearer: [] }],
    [{ request: [] }, { apiKey: [] }, { iam: [] }],
  ]) {
    it(`accepts the security ${JSON.stringify(security)}, of the operation and of the document`, async () => {
      const shared = { "x-authorizers": { "a/b": { type: "request", authorizerUri } } };
      await assertAccepted(policy, [
        apiWith({ "/images": { post: { security } } }, shared),
        apiWith({ "/images": { post: {} } }, { ...shared, security }),
        resource("aws:apigateway/restApi:RestApi", "old", {
          body: JSON.stringify({
            swagger: "2.0",
            ...shared,
            components: { securitySchemes: { request: schemes.request } },
            securityDefinitions: schemes,
            paths: { "/images": { post: { security } } },
          }),
        }),
      ]);
    });
  }

  const checksNothing = "has no authorizer, without which API Gateway checks nothing";
  for (const [security, flaw] of [
    [[{}], ""],
    [[{ request: [] }, {}], ""],
    [[{}, { request: [] }], ""],
    [[{ gone: [] }], ': its security scheme "gone" is not defined'],
    [[{ nowhere: [] }], ': its security scheme "nowhere" is not defined'],
    [[{ circular: [] }], `: its security scheme "circular" ${checksNothing}`],
    [[{ bearer: [] }], `: its security scheme "bearer" ${checksNothing}`],
    [[{ custom: [] }], `: its security scheme "custom" ${checksNothing}`],
    [[{ emptied: [] }], `: its security scheme "emptied" ${checksNothing}`],
    [[{ inQuery: [] }], `: its security scheme "inQuery" ${checksNothing}`],
    [[{ request: [] }, { bearer: [] }], `: its security scheme "bearer" ${checksNothing}`],
    [[{}, { gone: [] }], ': its security scheme "gone" is not defined'],
    [
      [{ gone: [], bearer: [] }],
      `: its security scheme "gone" is not defined, and its security scheme "bearer" ${checksNothing}`,
    ],
  ] as const) {
    it(`refuses the security ${JSON.stringify(security)}, of the operation and of the document`, async () => {
      const expected = `${label} POST /images${flaw}`;
      await assertRefused(policy, [apiWith({ "/images": { post: { security } } })], expected);
      await assertRefused(policy, [apiWith({ "/images": { post: {} } }, { security })], expected);
    });
  }

  it("follows references to paths", async () => {
    const paths = { "/images": { $ref: "#/components/pathItems/images" } };
    const components = (security: object[]) => ({
      components: {
        securitySchemes: schemes,
        pathItems: { images: { get: { security } } },
      },
    });
    await assertAccepted(policy, [apiWith(paths, components([{ request: [] }]))]);
    await assertRefused(policy, [apiWith(paths, components([]))], `${label} GET /images`);
  });

  it("takes no API key for a protection of HTTP APIs, but JWT authorizers and IAM", async () => {
    const http = (name: string) =>
      resource("aws:apigatewayv2/api:Api", "http", {
        protocolType: "HTTP",
        body: JSON.stringify({
          openapi: "3.0.1",
          components: { securitySchemes: { ...schemes, jwt } },
          paths: { "/images": { get: { security: [{ [name]: [] }] } } },
        }),
      });
    for (const name of ["jwt", "request", "iam"]) {
      await assertAccepted(policy, [http(name)]);
    }
    await assertRefused(
      policy,
      [http("apiKey")],
      'aws.apigatewayv2.Api "http" lets anybody call GET /images: its security scheme "apiKey" is an API key, which HTTP APIs do not check',
    );
  });

  it("does not judge what is not known yet of a document", async () => {
    for (const body of [
      { paths: { "/images": { get: outputOf() } } },
      { paths: { "/images": { get: { security: outputOf() } } } },
      { paths: { "/images": { get: { security: [{ jwt: [] }] } } }, components: outputOf() },
    ]) {
      await assertUnjudged(
        policy,
        [resource("aws:apigateway/restApi:RestApi", "api", { body })],
        'aws.apigateway.RestApi "api" (body)',
      );
    }
  });

  describe("of what an authorizer authorizes", () => {
    const api = resource("aws:apigateway/restApi:RestApi", "api");
    const other = resource("aws:apigateway/restApi:RestApi", "other");
    const users = (of: unknown) =>
      resource("aws:apigateway/authorizer:Authorizer", "users", { restApi: of, authorizerUri });
    const method = (changes: object) =>
      resource("aws:apigateway/method:Method", "list", {
        restApi: ref(api),
        httpMethod: "GET",
        authorization: "CUSTOM",
        ...changes,
      });
    const open = 'aws.apigateway.Method "list" lets anybody call GET ';

    it("accepts methods whose authorizer is of their API, or is not in the stack", async () => {
      const authorizer = users(ref(api));
      for (const authorization of ["CUSTOM", "COGNITO_USER_POOLS"]) {
        const authorizerId = ref(authorizer);
        await assertAccepted(policy, [api, authorizer, method({ authorization, authorizerId })]);
        await assertAccepted(policy, [api, method({ authorization, authorizerId: "a1b2c3" })]);
        await assertAccepted(policy, [api, method({ authorization, authorizerId: outputOf() })]);
      }
      const literal = users("f3a9c2d1e0");
      await assertAccepted(policy, [
        literal,
        method({ restApi: "f3a9c2d1e0", authorizerId: ref(literal) }),
      ]);
      await assertAccepted(policy, [api, literal, method({ authorizerId: ref(literal) })]);
    });

    it("refuses methods that name no authorizer", async () => {
      for (const authorization of ["CUSTOM", "COGNITO_USER_POOLS"]) {
        const flaw = `: its authorization is ${authorization}, but it names no authorizer`;
        for (const authorizerId of [undefined, ""]) {
          await assertRefused(policy, [api, method({ authorization, authorizerId })], open + flaw);
        }
        await assertAccepted(policy, [api, method({ authorization, apiKeyRequired: true })]);
      }
    });

    it("refuses methods whose authorizer is another API's", async () => {
      const flaw = ': its authorizer, aws.apigateway.Authorizer "users", is another API\'s';
      const foreign = users(ref(other));
      for (const options of [{ preview: true }, { preview: false }]) {
        await assertRefused(
          policy,
          [api, other, foreign, method({ authorizerId: ref(foreign) })],
          open + flaw,
          options,
        );
      }
      const literal = users("f3a9c2d1e0");
      await assertRefused(
        policy,
        [literal, method({ restApi: "0e1d2c9a3f", authorizerId: ref(literal) })],
        open + flaw,
      );
    });

    it("judges routes of HTTP APIs alike", async () => {
      const [http, another] = ["http", "another"].map((name) =>
        resource("aws:apigatewayv2/api:Api", name, { protocolType: "HTTP" }),
      );
      assert.ok(http && another);
      const jwtAuthorizer = resource("aws:apigatewayv2/authorizer:Authorizer", "jwt", {
        apiId: ref(http),
        authorizerType: "JWT",
      });
      const route = (of: ProgramResource, changes: object) =>
        resource("aws:apigatewayv2/route:Route", "list", {
          apiId: ref(of),
          routeKey: "GET /images",
          authorizationType: "JWT",
          ...changes,
        });
      const authorizerId = ref(jwtAuthorizer);
      await assertAccepted(policy, [http, jwtAuthorizer, route(http, { authorizerId })]);
      await assertAccepted(policy, [http, route(http, { authorizationType: "AWS_IAM" })]);
      const label = 'aws.apigatewayv2.Route "list" lets anybody call GET /images: its';
      for (const authorizationType of ["JWT", "CUSTOM"]) {
        await assertRefused(
          policy,
          [http, route(http, { authorizationType })],
          `${label} authorization is ${authorizationType}, but it names no authorizer`,
        );
      }
      await assertRefused(
        policy,
        [http, another, jwtAuthorizer, route(another, { authorizerId })],
        `${label} authorizer, aws.apigatewayv2.Authorizer "jwt", is another API's`,
      );
    });
  });

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
    await assertAccepted(policy, [
      spoiled(route, { authorizationType: "JWT", authorizerId: "a1b2c3" }),
    ]);
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
