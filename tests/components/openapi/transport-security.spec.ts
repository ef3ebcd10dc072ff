import assert from "node:assert/strict";
import { gatewayDocument } from "../../../components/openapi/gateway";
import { mapOperations, operationsOf } from "../../../components/openapi/routes";

interface Answer {
  responseParameters: Record<string, string>;
}

interface Operation {
  responses: Record<string, { headers?: Record<string, unknown> }>;
  "x-amazon-apigateway-integration": { type: string; responses: { default: Answer } };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  "x-amazon-apigateway-gateway-responses": Record<string, Answer>;
}

function copy(transportSecurity?: string): Document {
  const invokeArns = mapOperations(operationsOf(false), (operation) => `arn:invoke:${operation}`);
  const document = gatewayDocument(invokeArns, {
    maxUploadBytes: 1000,
    maxDirectUploadBytes: 2000,
    dailyRequestQuota: 3000,
    allowedOrigins: ["*"],
    ...(transportSecurity !== undefined && { transportSecurity }),
  });
  return JSON.parse(JSON.stringify(document)) as Document;
}

const value = "max-age=31536000; includeSubDomains";

describe("The gateway's document with transport security", () => {
  const document = copy(value);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

  it("has the header in every error of the gateway", () => {
    const responses = Object.entries(document["x-amazon-apigateway-gateway-responses"]);
    assert.ok(responses.length > 5);
    for (const [type, { responseParameters }] of responses) {
      const name = "gatewayresponse.header.Strict-Transport-Security";
      assert.equal(responseParameters[name], `'${value}'`, type);
    }
  });

  it("has the header in every answer of a mock, which the method has, too", () => {
    const mocks = operations.filter(
      ({ operation }) => operation["x-amazon-apigateway-integration"].type === "mock",
    );
    assert.ok(mocks.some(({ path, method }) => path === "/health" && method === "get"));
    assert.ok(mocks.some(({ method }) => method === "options"));
    for (const { path, method, operation } of mocks) {
      const { responseParameters } = operation["x-amazon-apigateway-integration"].responses.default;
      const name = "method.response.header.Strict-Transport-Security";
      assert.equal(responseParameters[name], `'${value}'`, `${method} ${path}`);
      for (const { headers = {} } of Object.values(operation.responses)) {
        assert.deepEqual(headers["Strict-Transport-Security"], { schema: { type: "string" } });
      }
    }
  });

  it("differs in nothing else, and has no such header unless told", () => {
    const plain = JSON.stringify(copy());
    assert.equal(plain.includes("Strict-Transport-Security"), false);
    const without = JSON.stringify(document)
      .replaceAll(
        /,?"(?:gatewayresponse|method\.response)\.header\.Strict-Transport-Security":"[^"]*"/g,
        "",
      )
      .replaceAll(/,?"Strict-Transport-Security":\{"schema":\{"type":"string"\}\}/g, "");
    assert.equal(without, plain);
  });
});
