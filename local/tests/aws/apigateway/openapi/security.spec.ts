import assert from "node:assert/strict";
import type { Method } from "../../../../aws/apigateway/definition";
import { importApi } from "../../../../aws/apigateway/openapi/import-api";
import { gated, gatedApi, gateScheme } from "../authorizer-lab";
import { openApi, proxied } from "../lab";

const read = (document: object) => importApi(JSON.stringify(document), "abcdefghij");

function methodsOf(operations: object, more: object = {}): Record<string, Method> {
  const { resources } = read(gatedApi({}, { "/a": operations }, more));
  return Object.fromEntries(resources[0]?.methods ?? []);
}

/** What is asked of a method's callers. */
function asked(method: Method | undefined): [string | undefined, boolean | undefined] {
  return [method?.authorizer?.name, method?.apiKeyRequired];
}

describe("Security", () => {
  it("asks for an authorizer, a key, both or nothing", () => {
    const methods = methodsOf({
      get: gated(),
      put: gated({ security: [{ key: [] }] }),
      post: gated({ security: [{ user: [], key: [] }] }),
      patch: gated({ security: [{ user: [] }, { key: [] }] }),
      delete: proxied({ security: [] }),
      options: proxied(),
    });
    assert.deepEqual(asked(methods.GET), ["user", false]);
    assert.deepEqual(asked(methods.PUT), [undefined, true]);
    assert.deepEqual(asked(methods.POST), ["user", true]);
    assert.deepEqual(asked(methods.PATCH), ["user", true]);
    assert.deepEqual(asked(methods.DELETE), [undefined, false]);
    assert.deepEqual(asked(methods.OPTIONS), [undefined, false]);
  });

  it("takes the document's security where an operation has none of its own", () => {
    const security = [{ user: [], key: [] }];
    const methods = methodsOf({ get: proxied(), head: proxied({ security: [] }) }, { security });
    assert.deepEqual(asked(methods.GET), ["user", true]);
    assert.deepEqual(asked(methods.HEAD), [undefined, false]);
  });

  it("takes no alternative to an authorizer", () => {
    assert.deepEqual(asked(methodsOf({ get: gated({ security: [{}, { user: [] }] }) }).GET), [
      "user",
      false,
    ]);
  });

  it("takes an authorizer in the header x-api-key for no key", () => {
    const user = gateScheme({}, { name: "x-api-key" });
    const { resources } = read(
      openApi({ "/a": { get: gated() } }, { components: { securitySchemes: { user } } }),
    );
    assert.deepEqual(asked(resources[0]?.methods.get("GET")), ["user", false]);
  });

  it("reads the definitions of Swagger 2.0, and follows references", () => {
    const { resources } = read({
      swagger: "2.0",
      securityDefinitions: { user: { $ref: "#/x-gate" } },
      "x-gate": gateScheme(),
      paths: { "/a": { get: gated() } },
    });
    assert.deepEqual(asked(resources[0]?.methods.get("GET")), ["user", false]);
  });

  it("refuses schemes that there are none of, and names the method", () => {
    assert.throws(() => methodsOf({ get: gated({ security: [{ nobody: [] }] }) }), {
      code: "BadRequestException",
      message: /"nobody" specified on method 'GET' for resource at path '\/a'/,
    });
  });

  it("refuses a faulty authorizer that no operation uses", () => {
    const user = gateScheme({ authorizerResultTtlInSeconds: 9999 });
    assert.throws(
      () =>
        read(openApi({ "/a": { get: proxied() } }, { components: { securitySchemes: { user } } })),
      { code: "BadRequestException" },
    );
  });

  it("does not emulate several authorizers at once, scopes and other kinds of authorization", () => {
    const schemes = {
      user: gateScheme(),
      other: gateScheme(),
      iam: { type: "apiKey", "x-amazon-apigateway-authtype": "awsSigv4" },
    };
    const cases: readonly (readonly [object[], RegExp])[] = [
      [[{ user: [] }, { other: [] }], /several authorizers of 'GET'/],
      [[{ user: ["read"] }], /authorization scopes of 'GET'/],
      [[{ iam: [] }], /"awsSigv4" of the security scheme "iam"/],
    ];
    for (const [security, message] of cases) {
      const document = openApi(
        { "/a": { get: gated({ security }) } },
        { components: { securitySchemes: schemes } },
      );
      assert.throws(() => read(document), { code: "NotImplemented", message });
    }
  });
});
