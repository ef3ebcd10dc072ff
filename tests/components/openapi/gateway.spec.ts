import assert from "node:assert/strict";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { OpenAPIV3 } from "openapi-types";
import { corsTemplate } from "../../../components/openapi/cors";
import type { Authorizer } from "../../../components/openapi/authorizer";
import { binaryMediaTypes, gatewayDocument } from "../../../components/openapi/gateway";
import {
  mapOperations,
  methodsOf,
  openPaths,
  operationsOf,
  routes,
} from "../../../components/openapi/routes";

interface Integration {
  type: string;
  httpMethod?: string;
  uri?: string;
  timeoutInMillis?: number;
  passthroughBehavior: string;
  contentHandling?: string;
  requestTemplates?: Record<string, string>;
  responses?: Record<
    string,
    {
      statusCode: string;
      contentHandling: string;
      responseParameters: Record<string, string>;
      responseTemplates: Record<string, string>;
    }
  >;
}

type Operation = OpenAPIV3.OperationObject<{ "x-amazon-apigateway-integration": Integration }>;

interface GatewayResponse {
  statusCode?: number;
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string>;
}

interface GatewayDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
  "x-amazon-apigateway-gateway-responses": Record<string, GatewayResponse>;
  [extension: string]: unknown;
}

const anyMethod = "x-amazon-apigateway-any-method";

function copy(allowedOrigins: readonly string[] = ["*"], authorizer?: Authorizer): GatewayDocument {
  const operations = operationsOf(authorizer !== undefined);
  const invokeArns = mapOperations(operations, (operation) => `arn:invoke:${operation}`);
  const document = gatewayDocument(invokeArns, {
    maxUploadBytes: 1000,
    maxDirectUploadBytes: 2000,
    dailyRequestQuota: 3000,
    allowedOrigins,
    authorizer,
  });
  return JSON.parse(JSON.stringify(document)) as GatewayDocument;
}

describe("gatewayDocument", () => {
  const document = copy();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      route: `${method} ${path}`,
      operation,
      integration: operation["x-amazon-apigateway-integration"],
    })),
  );
  const mocks = operations.filter(({ integration }) => integration.type === "mock");

  it("is valid OpenAPI 3.0", async () => {
    await SwaggerParser.validate(copy() as unknown as OpenAPIV3.Document);
  });

  it("runs each operation by the function of its own, waiting as long as the gateway can", () => {
    const proxied = operations
      .filter(({ integration }) => integration.type === "aws_proxy")
      .map(({ route, integration }) => [route, integration.uri]);
    const expected = operationsOf(false).flatMap((operation) =>
      methodsOf(operation).map((method) => [
        `${method.toLowerCase()} ${routes[operation].path}`,
        `arn:invoke:${operation}`,
      ]),
    );
    assert.deepEqual(proxied.sort(), expected.sort());
    assert.deepEqual(document.paths["/process"]?.post?.["x-amazon-apigateway-integration"], {
      type: "aws_proxy",
      httpMethod: "POST",
      uri: "arn:invoke:process-data",
      passthroughBehavior: "when_no_match",
      timeoutInMillis: 29_000,
    });
  });

  it("asks for an API key exactly where a function runs", () => {
    for (const { route, operation, integration } of operations) {
      const expected = integration.type === "aws_proxy" ? [{ apiKey: [] }] : [];
      assert.deepEqual(operation.security, expected, route);
    }
    assert.equal(document["x-amazon-apigateway-api-key-source"], "HEADER");
  });

  it("leaves bodies to the functions, which say where in a body a problem is", () => {
    assert.equal(document["x-amazon-apigateway-request-validator"], "parameters");
    assert.deepEqual(document["x-amazon-apigateway-request-validators"], {
      parameters: { validateRequestBody: false, validateRequestParameters: true },
    });
    for (const { route, operation } of operations) {
      assert.equal("requestBody" in operation, false, route);
    }
  });

  it("uses no keyword that models do not know, and alphanumeric names", () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      assert.match(name, /^[A-Za-z0-9]+$/);
      assert.doesNotMatch(
        JSON.stringify(schema),
        /"(oneOf|anyOf|nullable|example|examples|discriminator|exclusiveMinimum|exclusiveMaximum|default|format|minItems|maxItems|maxProperties)":/,
        name,
      );
    }
  });

  it("takes images, forms and what may be anything as bytes, whatever images a client accepts first", () => {
    const expected = [
      "image/jpeg",
      "image/png",
      "image/gif",
      "image/webp",
      "image/jpg",
      "image/pjpeg",
      "image/x-png",
      "image/apng",
      "image/vnd.mozilla.apng",
      "application/octet-stream",
      "binary/octet-stream",
      "image/avif",
      "image/*",
      "multipart/form-data",
    ];
    assert.deepEqual(document["x-amazon-apigateway-binary-media-types"], expected);
    assert.deepEqual(binaryMediaTypes, expected);
  });

  describe("mocks", () => {
    it("answer what is open, and on each path OPTIONS and the methods that it does not have", () => {
      assert.deepEqual(
        mocks.map(({ route }) => route),
        Object.keys(document.paths).flatMap((path) => [
          ...(openPaths.includes(path) ? [`get ${path}`, `head ${path}`] : []),
          `options ${path}`,
          ...(["/", "/{proxy+}"].includes(path) ? [] : [`${anyMethod} ${path}`]),
        ]),
      );
    });

    it("know the types of requests, binary ones too, and refuse others instead of failing", () => {
      for (const { route, integration } of mocks) {
        assert.equal(integration.passthroughBehavior, "never", route);
        const types = Object.keys(integration.requestTemplates ?? {});
        assert.ok(["application/json", "text/plain"].every((type) => types.includes(type)));
        assert.ok(binaryMediaTypes.every((type) => types.includes(type)));
      }
    });

    it("make text of whatever the client sends or accepts", () => {
      for (const { route, integration } of mocks) {
        assert.equal(integration.contentHandling, "CONVERT_TO_TEXT", route);
        assert.equal(integration.responses?.default?.contentHandling, "CONVERT_TO_TEXT");
      }
    });

    it("declare the status and the headers that they answer with", () => {
      for (const { route, operation, integration } of mocks) {
        const answer = integration.responses?.default;
        assert.ok(answer);
        const declared = operation.responses[answer.statusCode] as OpenAPIV3.ResponseObject;
        assert.deepEqual(
          Object.keys(answer.responseParameters),
          Object.keys(declared.headers ?? {}).map((name) => `method.response.header.${name}`),
          route,
        );
        assert.equal(
          answer.responseParameters["method.response.header.Access-Control-Allow-Origin"],
          "'*'",
        );
      }
    });

    it("tell browsers which methods and headers a path takes", () => {
      const mock = document.paths["/images"]?.options?.["x-amazon-apigateway-integration"];
      assert.deepEqual(mock?.responses?.default?.responseParameters, {
        "method.response.header.Access-Control-Allow-Origin": "'*'",
        "method.response.header.Content-Type": "'text/plain'",
        "method.response.header.Access-Control-Allow-Methods": "'POST,GET,HEAD,OPTIONS'",
        "method.response.header.Access-Control-Allow-Headers":
          "'Accept,Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,If-Range,Range,X-Api-Key'",
        "method.response.header.Access-Control-Max-Age": "'3600'",
      });
    });

    it("let pages send any method to a path that is not there, and so read that it is not", () => {
      for (const path of ["/", "/{proxy+}"]) {
        const item = document.paths[path] ?? {};
        assert.deepEqual(Object.keys(item), ["options"]);
        const answer = item.options?.["x-amazon-apigateway-integration"].responses?.default;
        assert.equal(
          answer?.responseParameters["method.response.header.Access-Control-Allow-Methods"],
          "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'",
        );
      }
    });

    it("answer a wrong method with 405, the methods there are, and an error in the one shape", () => {
      const mock = document.paths["/images/{id}"]?.[anyMethod]?.["x-amazon-apigateway-integration"];
      const answer = mock?.responses?.default;
      assert.equal(answer?.statusCode, "405");
      assert.equal(
        answer.responseParameters["method.response.header.Allow"],
        "'GET,HEAD,PATCH,DELETE,OPTIONS'",
      );
      assert.deepEqual(JSON.parse(answer.responseTemplates["application/json"] ?? ""), {
        error: "This path has only GET, HEAD, PATCH, DELETE, OPTIONS.",
        code: "MethodNotAllowed",
        requestId: "$context.requestId",
      });
    });
  });

  describe("of pages of some origins", () => {
    const header = "Access-Control-Allow-Origin";
    const answersOf = (origins: readonly string[]) =>
      Object.values(copy(origins).paths)
        .flatMap((item) => Object.values(item))
        .flatMap((operation) => {
          const { type, responses } = operation["x-amazon-apigateway-integration"];
          const answer = responses?.default;
          return type === "mock" && answer ? [{ operation, answer }] : [];
        });
    const several = ["https://app.example.com", "https://admin.example.com"];

    it("every mock names the one origin", () => {
      const answers = answersOf(["https://app.example.com"]);
      assert.equal(answers.length, mocks.length);
      for (const { answer } of answers) {
        const value = answer.responseParameters[`method.response.header.${header}`];
        assert.equal(value, "'https://app.example.com'");
        assert.doesNotMatch(answer.responseTemplates["application/json"] ?? "", /#set/);
      }
    });

    it("every mock picks one of several by its template, and declares the header", () => {
      for (const { operation, answer } of answersOf(several)) {
        assert.equal(`method.response.header.${header}` in answer.responseParameters, false);
        assert.equal(answer.responseParameters["method.response.header.Vary"], "'Origin'");
        const declared = operation.responses[answer.statusCode] as OpenAPIV3.ResponseObject;
        assert.deepEqual(Object.keys(declared.headers ?? {}).slice(0, 2), [header, "Vary"]);
        const template = answer.responseTemplates["application/json"] ?? "";
        assert.ok(template.startsWith(corsTemplate(several)));
      }
    });

    it("every gateway response names the one, or whatever asks of several", () => {
      const valuesOf = (origins: readonly string[]) =>
        Object.values(copy(origins)["x-amazon-apigateway-gateway-responses"]).map(
          ({ responseParameters }) => responseParameters[`gatewayresponse.header.${header}`],
        );
      assert.deepEqual(new Set(valuesOf(several)), new Set(["method.request.header.Origin"]));
      assert.deepEqual(
        new Set(valuesOf(["https://app.example.com"])),
        new Set(["'https://app.example.com'"]),
      );
    });
  });

  describe("gateway responses", () => {
    const responses = document["x-amazon-apigateway-gateway-responses"];

    it("have the right status", () => {
      const statuses = Object.entries(responses).map(([type, { statusCode }]) => [
        type,
        statusCode,
      ]);
      assert.deepEqual(Object.fromEntries(statuses), {
        BAD_REQUEST_PARAMETERS: 400,
        INVALID_API_KEY: 403,
        MISSING_AUTHENTICATION_TOKEN: 404,
        RESOURCE_NOT_FOUND: 404,
        REQUEST_TOO_LARGE: 413,
        UNSUPPORTED_MEDIA_TYPE: 415,
        QUOTA_EXCEEDED: 429,
        THROTTLED: 429,
        INTEGRATION_FAILURE: 502,
        INTEGRATION_TIMEOUT: 504,
        DEFAULT_4XX: undefined,
        DEFAULT_5XX: undefined,
      });
    });

    it("all carry CORS headers and the one error shape", () => {
      for (const [type, { responseParameters, responseTemplates }] of Object.entries(responses)) {
        const header = "gatewayresponse.header.Access-Control-Allow-Origin";
        assert.equal(responseParameters[header], "'*'", type);
        const body = JSON.parse(responseTemplates["application/json"] ?? "") as Record<
          string,
          string
        >;
        assert.match(body.error ?? "", /^[A-Z].*\.$/, type);
        assert.match(body.code ?? "", /^([A-Z][a-z]+)+$/, type);
        assert.equal(body.requestId, "$context.requestId", type);
      }
    });

    function bodyOf(type: string): Record<string, unknown> {
      const template = responses[type]?.responseTemplates["application/json"] ?? "";
      return JSON.parse(template) as Record<string, unknown>;
    }

    for (const [type, seconds, details] of [
      ["THROTTLED", "1", { limit: "throttle" }],
      ["QUOTA_EXCEEDED", "3600", { limit: "quota", maxRequests: 3000 }],
    ] as const) {
      it(`tell a client when to come back, and which limit it was: ${type}`, () => {
        const headers = responses[type]?.responseParameters;
        assert.equal(headers?.["gatewayresponse.header.Retry-After"], `'${seconds}'`);
        const exposed = "gatewayresponse.header.Access-Control-Expose-Headers";
        assert.equal(headers[exposed], "'Retry-After'");
        const { limit, maxRequests } = bodyOf(type);
        assert.deepEqual({ limit, maxRequests }, { maxRequests: undefined, ...details });
      });
    }

    it("tell whoever sends too much how much it may be, and what takes more", () => {
      const { error, ...rest } = bodyOf("REQUEST_TOO_LARGE");
      assert.match(String(error), /1000 bytes.* 2000 bytes, by a form of POST \/uploads/);
      assert.deepEqual(rest, {
        code: "RequestTooLarge",
        requestId: "$context.requestId",
        limit: "request",
        maxBytes: 1000,
      });
    });
  });
});

describe("gatewayDocument, with an authorizer", () => {
  const authorizer = { invokeArn: "arn:invoke:authorize", allowApiKeys: false };
  const document = copy(["*"], authorizer);
  const without = copy();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      route: `${method} ${path}`,
      operation,
      integration: operation["x-amazon-apigateway-integration"],
    })),
  );

  for (const allowApiKeys of [false, true]) {
    it(`is valid OpenAPI 3.0 where API keys are ${allowApiKeys ? "" : "not "}allowed`, async () => {
      const made = copy(["*"], { ...authorizer, allowApiKeys });
      await SwaggerParser.validate(made as unknown as OpenAPIV3.Document);
    });
  }

  it("asks for a user and for the API key that the authorizer names exactly where a function runs", () => {
    for (const { route, operation, integration } of operations) {
      const expected = integration.type === "aws_proxy" ? [{ user: [] }, { apiKey: [] }] : [];
      assert.deepEqual(operation.security, expected, route);
    }
    assert.equal(document["x-amazon-apigateway-api-key-source"], "AUTHORIZER");
    const asked = operations.filter(({ operation }) => operation.security?.length === 2);
    const methods = operationsOf(true).flatMap(methodsOf);
    assert.equal(asked.length, methods.length);
  });

  it("keeps for five minutes what the authorizer has said of a header", () => {
    assert.deepEqual(document.components.securitySchemes, {
      user: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "request",
          authorizerUri: "arn:invoke:authorize",
          identitySource: "method.request.header.Authorization",
          authorizerResultTtlInSeconds: 300,
        },
      },
      ...without.components.securitySchemes,
    });
  });

  it("asks the authorizer each time where an API key may come instead, and always", () => {
    const { securitySchemes } = copy(["*"], { ...authorizer, allowApiKeys: true }).components;
    assert.deepEqual(securitySchemes.user, {
      type: "apiKey",
      name: "Unused",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "request",
        authorizerUri: "arn:invoke:authorize",
        authorizerResultTtlInSeconds: 0,
      },
    });
  });

  it("answers by itself what is for no path, as the gateway would take tokens for signatures", () => {
    for (const path of ["/", "/{proxy+}"]) {
      const { options, [anyMethod]: others, ...rest } = document.paths[path] ?? {};
      assert.deepEqual(options, without.paths[path]?.options);
      assert.deepEqual(rest, {});
      assert.deepEqual(others?.parameters, options?.parameters);
      const answer = others?.["x-amazon-apigateway-integration"].responses?.default;
      assert.equal(answer?.statusCode, "404");
      assert.deepEqual(
        answer.responseTemplates,
        document["x-amazon-apigateway-gateway-responses"].MISSING_AUTHENTICATION_TOKEN
          ?.responseTemplates,
      );
    }
  });

  it("runs GET /me, and answers its other methods", () => {
    const { get, head, ...others } = document.paths["/me"] ?? {};
    for (const operation of [get, head]) {
      assert.equal(operation?.["x-amazon-apigateway-integration"].uri, "arn:invoke:get-me");
    }
    assert.deepEqual(Object.keys(others), ["options", anyMethod]);
    assert.equal("/me" in without.paths, false);
  });

  it("answers as without one, and besides what the authorizer has not let in", () => {
    const responses = document["x-amazon-apigateway-gateway-responses"];
    const common = without["x-amazon-apigateway-gateway-responses"];
    const further = Object.entries(responses).filter(([type]) => !(type in common));
    assert.deepEqual({ ...Object.fromEntries(further), ...common }, responses);
    const header = (name: string) => `gatewayresponse.header.${name}`;
    const answers = further.map(([type, { statusCode, responseParameters, responseTemplates }]) => [
      type,
      statusCode,
      (JSON.parse(responseTemplates["application/json"] ?? "") as { code: string }).code,
      responseParameters[header("WWW-Authenticate")] ?? responseParameters[header("Retry-After")],
      responseParameters[header("Access-Control-Expose-Headers")],
      responseParameters[header("Access-Control-Allow-Origin")],
    ]);
    const unavailable = [503, "AuthorizationUnavailable", "'10'", "'Retry-After'", "'*'"];
    assert.deepEqual(answers, [
      ["UNAUTHORIZED", 401, "Unauthorized", "'Bearer'", "'WWW-Authenticate'", "'*'"],
      [
        "ACCESS_DENIED",
        401,
        "InvalidToken",
        `'Bearer error="invalid_token"'`,
        "'WWW-Authenticate'",
        "'*'",
      ],
      ["AUTHORIZER_FAILURE", ...unavailable],
      ["AUTHORIZER_CONFIGURATION_ERROR", ...unavailable],
    ]);
  });

  it("tells why a token is not accepted, and nothing of it", () => {
    const { ACCESS_DENIED: denied } = document["x-amazon-apigateway-gateway-responses"];
    assert.deepEqual(JSON.parse(denied?.responseTemplates["application/json"] ?? ""), {
      error: "The bearer token is not accepted ($context.authorizer.reason).",
      code: "InvalidToken",
      requestId: "$context.requestId",
    });
  });
});
