import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { OpenAPIV3 } from "openapi-types";
import { openApiDocument } from "../../../components/openapi/document";

/** A copy, as the parser changes what it is given; without members that are undefined. */
function copy(): OpenAPIV3.Document {
  return JSON.parse(JSON.stringify(openApiDocument())) as OpenAPIV3.Document;
}

function operationsOf(document: OpenAPIV3.Document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path}`,
      operation: operation as OpenAPIV3.OperationObject,
    })),
  );
}

describe("openApiDocument", () => {
  it("is valid OpenAPI 3.0", async () => {
    await SwaggerParser.validate(copy());
  });

  it("describes the five routes", () => {
    assert.deepEqual(
      operationsOf(copy()).map(({ route }) => route),
      ["GET /health", "POST /images", "GET /images", "GET /images/{id}", "POST /process"],
    );
  });

  it("asks for an API key on every route but GET /health", () => {
    for (const { route, operation } of operationsOf(copy())) {
      assert.deepEqual(operation.security, route === "GET /health" ? [] : [{ apiKey: [] }], route);
    }
  });

  it("names the header of the API key", () => {
    const scheme = copy().components?.securitySchemes?.apiKey as OpenAPIV3.ApiKeySecurityScheme;
    assert.equal(scheme.in, "header");
    assert.equal(scheme.name, "x-api-key");
  });

  it("takes uploads as JSON, as a form, and as any image that is accepted", () => {
    const body = copy().paths["/images"]?.post?.requestBody as OpenAPIV3.RequestBodyObject;
    assert.deepEqual(Object.keys(body.content), [
      "application/json",
      "multipart/form-data",
      "image/jpeg",
      "image/png",
      "image/gif",
      "image/webp",
    ]);
  });

  it("describes every error of every route in the one shape", () => {
    for (const { route, operation } of operationsOf(copy())) {
      const errors = Object.entries(operation.responses).filter(([status]) => status >= "400");
      assert.equal(errors.length > 0, route !== "GET /health");
      for (const [, response] of errors) {
        const { content, description } = response as OpenAPIV3.ResponseObject;
        assert.ok(description);
        assert.deepEqual(content?.["application/json"]?.schema, {
          $ref: "#/components/schemas/ApiError",
        });
      }
    }
  });

  it("says nothing that only the gateway understands", () => {
    assert.equal(JSON.stringify(copy()).includes("x-amazon"), false);
  });

  it("is what openapi.json holds; npm run openapi writes it anew", () => {
    assert.deepEqual(JSON.parse(readFileSync("openapi.json", "utf8")), copy());
  });
});
