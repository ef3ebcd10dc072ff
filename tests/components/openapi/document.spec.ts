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

  it("describes the nine routes", () => {
    assert.deepEqual(
      operationsOf(copy()).map(({ route }) => route),
      [
        "GET /health",
        "POST /images",
        "GET /images",
        "POST /uploads",
        "GET /uploads/{id}",
        "GET /images/{id}",
        "DELETE /images/{id}",
        "GET /images/{id}/content",
        "POST /process",
      ],
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

  it("takes an Idempotency-Key on every POST, which then answers 409 and 422 as well", () => {
    for (const { route, operation } of operationsOf(copy())) {
      const parameters = (operation.parameters ?? []) as OpenAPIV3.ParameterObject[];
      const key = parameters.find(({ name }) => name === "Idempotency-Key");
      const isPost = route.startsWith("POST");
      assert.deepEqual(
        key?.schema,
        isPost ? { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" } : undefined,
        route,
      );
      const statuses = Object.keys(operation.responses);
      assert.equal(statuses.includes("409") && statuses.includes("422"), isPost, route);
      const replayed = JSON.stringify(operation.responses).includes("Idempotency-Replayed");
      assert.equal(replayed, isPost, route);
    }
  });

  it("describes how contents are answered: with bytes, a redirect or nothing new", () => {
    const { responses } = copy().paths["/images/{id}/content"]?.get ?? {};
    const headersOf = (status: string) =>
      Object.keys((responses?.[status] as OpenAPIV3.ResponseObject).headers ?? {});
    assert.deepEqual(
      Object.keys(responses ?? {}).filter((status) => status < "400"),
      ["200", "206", "302", "304"],
    );
    for (const status of ["200", "206", "302", "304"]) {
      assert.ok(headersOf(status).includes("ETag"), status);
    }
    assert.ok(headersOf("302").includes("Location"));
    assert.ok(headersOf("206").includes("Content-Range"));
    assert.ok(headersOf("416").includes("Content-Range"));
  });

  it("has no content where an answer has no body", () => {
    for (const { route, operation } of operationsOf(copy())) {
      for (const status of ["204", "302", "304"]) {
        const response = operation.responses[status] as OpenAPIV3.ResponseObject | undefined;
        assert.equal(response?.content, undefined, `${route} ${status}`);
      }
    }
  });

  it("lists the problems of an error with their JSON pointers", () => {
    const { ApiError, Problem } = copy().components?.schemas as Record<
      string,
      OpenAPIV3.NonArraySchemaObject
    >;
    assert.deepEqual(ApiError?.properties?.details, {
      type: "array",
      items: { $ref: "#/components/schemas/Problem" },
    });
    assert.deepEqual(Problem?.required, ["field", "problem", "pointer"]);
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
