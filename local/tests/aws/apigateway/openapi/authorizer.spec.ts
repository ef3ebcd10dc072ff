import assert from "node:assert/strict";
import { importApi } from "../../../../aws/apigateway/openapi/import-api";
import type { Authorizer } from "../../../../aws/apigateway/definition";
import { gateArn, gatedApi, gateScheme, gateUri } from "../authorizer-lab";
import { openApi } from "../lab";

const read = (document: object) => importApi(JSON.stringify(document), "abcdefghij");

function authorizerOf(document: object): Authorizer | undefined {
  return read(document).resources[0]?.methods.get("GET")?.authorizer;
}

/** A document whose authorizer has other fields than a good one. */
function withScheme(authorizer: object, scheme: object = {}): object {
  return openApi({}, { components: { securitySchemes: { user: gateScheme(authorizer, scheme) } } });
}

describe("readAuthorizer", () => {
  it("reads function, identity sources and TTL of a REQUEST authorizer", () => {
    const identitySource =
      "method.request.header.Auth-1, method.request.querystring.q,stageVariables.v, context.identity.sourceIp";
    const authorizer = authorizerOf(gatedApi({ identitySource, authorizerResultTtlInSeconds: 60 }));
    assert.match(authorizer?.id ?? "", /^[a-z0-9]{6}$/);
    assert.deepEqual(authorizer, {
      id: authorizer?.id,
      name: "user",
      type: "request",
      functionArn: gateArn,
      identitySources: [
        "method.request.header.Auth-1",
        "method.request.querystring.q",
        "stageVariables.v",
        "context.identity.sourceIp",
      ],
      resultTtlSeconds: 60,
    });
  });

  it("keeps results for 300 seconds unless the document says otherwise, as number or text", () => {
    const ttlOf = (authorizerResultTtlInSeconds: unknown) =>
      authorizerOf(gatedApi({ authorizerResultTtlInSeconds }))?.resultTtlSeconds;
    assert.equal(ttlOf(undefined), 300);
    assert.equal(ttlOf(null), 300);
    assert.equal(ttlOf(0), 0);
    assert.equal(ttlOf(3600), 3600);
    assert.equal(ttlOf("120"), 120);
  });

  it("needs no identity source without a TTL", () => {
    for (const identitySource of [undefined, "", null]) {
      const authorizer = authorizerOf(
        gatedApi({ identitySource, authorizerResultTtlInSeconds: 0 }),
      );
      assert.deepEqual(authorizer?.identitySources, []);
    }
  });

  it("reads a TOKEN authorizer, whose header is the scheme's unless it names one", () => {
    const type = "token";
    const named = authorizerOf(gatedApi({ type, identitySource: undefined }));
    assert.equal(named?.type, "token");
    assert.deepEqual(named.identitySources, ["method.request.header.Authorization"]);
    const other = authorizerOf(
      gatedApi({
        type,
        identitySource: "method.request.header.X-Token",
        identityValidationExpression: "x-[a-z]+",
      }),
    );
    assert.deepEqual(other?.identitySources, ["method.request.header.X-Token"]);
    assert.deepEqual(other.tokenPattern, /^(?:x-[a-z]+)$/);
  });

  it("gives an authorizer the same id at each import, and each one its own", () => {
    const { id } = authorizerOf(gatedApi()) ?? {};
    assert.equal(authorizerOf(gatedApi({ authorizerResultTtlInSeconds: 5 }))?.id, id);
    const elsewhere = importApi(JSON.stringify(gatedApi()), "zyxwvutsrq");
    assert.notEqual(elsewhere.resources[0]?.methods.get("GET")?.authorizer?.id, id);
  });

  const refusals: readonly (readonly [string, object, RegExp])[] = [
    [
      "a TTL without an identity source",
      withScheme({ identitySource: "", authorizerResultTtlInSeconds: 1 }),
      /the authorizer "user": Identity source must be set if authorizer caching is enabled/,
    ],
    [
      "the default TTL without an identity source",
      withScheme({ identitySource: undefined }),
      /Identity source must be set/,
    ],
    ["a TTL below 0", withScheme({ authorizerResultTtlInSeconds: -1 }), /between 0 and 3600.*-1/],
    ["a TTL above 3600", withScheme({ authorizerResultTtlInSeconds: 3601 }), /0 and 3600.*3601/],
    ["half a second", withScheme({ authorizerResultTtlInSeconds: 0.5 }), /between 0 and 3600/],
    ["a TTL that is no number", withScheme({ authorizerResultTtlInSeconds: "long" }), /"user"/],
    ...[
      "Authorization",
      "$request.header.Authorization",
      "method.request.path.id",
      "method.request.body.a",
      "method.request.header.",
      "method.request.header.a b",
      "method.request.header.a,",
      "stageVariables.a-b",
      "context",
    ].map(
      (identitySource) =>
        [
          `the identity source ${identitySource}`,
          withScheme({ identitySource }),
          /Invalid identity source expression/,
        ] as const,
    ),
    [
      "a token that is no header",
      withScheme({ type: "token", identitySource: "method.request.querystring.key" }),
      /Invalid token source expression: method\.request\.querystring\.key\./,
    ],
    [
      "an expression for tokens that is none",
      withScheme({ type: "token", identityValidationExpression: "(" }),
      /the authorizer "user": Invalid regular expression/,
    ],
    ["no function", withScheme({ authorizerUri: undefined }), /Invalid Authorizer URI/],
    [
      "a function's ARN for its URI",
      withScheme({ authorizerUri: gateArn }),
      /Invalid Authorizer URI/,
    ],
    ["no type", withScheme({ type: undefined }), /the authorizer "user"/],
    ["a scheme of another type", withScheme({}, { type: "http" }), /must be apiKey/],
  ];
  for (const [what, document, message] of refusals) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(document), { code: "BadRequestException", message });
    });
  }

  const notEmulated: readonly (readonly [string, object])[] = [
    ["cognito_user_pools", { type: "cognito_user_pools", providerARNs: [] }],
    ["authorizerCredentials", { authorizerCredentials: "arn:aws:iam::123456789012:role/gate" }],
    ["identityValidationExpression", { identityValidationExpression: "x" }],
    ["jwtConfiguration", { jwtConfiguration: {} }],
    ["authorizerPayloadFormatVersion", { authorizerPayloadFormatVersion: "2.0" }],
    ["enableSimpleResponses", { enableSimpleResponses: true }],
  ];
  for (const [what, authorizer] of notEmulated) {
    it(`does not emulate ${what} of a REQUEST authorizer, and says so`, () => {
      assert.throws(() => read(withScheme(authorizer)), {
        code: "NotImplemented",
        statusCode: 501,
        message: new RegExp(`${what}.* of the authorizer "user"`),
      });
    });
  }

  it("takes a role that is null for none", () => {
    const authorizer = authorizerOf(
      gatedApi({ authorizerCredentials: null, authorizerUri: gateUri }),
    );
    assert.equal(authorizer?.functionArn, gateArn);
  });
});
