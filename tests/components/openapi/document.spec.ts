import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import SwaggerParser from "@apidevtools/swagger-parser";
import type { OpenAPIV3 } from "openapi-types";
import { joinPaths, openApiDocument } from "../../../components/openapi/document";
import { operationObjects } from "../../../components/openapi/operations";
import { methodsOf, openPaths, operationsOf, routes } from "../../../components/openapi/routes";
import type { UserAccess } from "../../../components/openapi/users";

/** A copy, as the parser changes what it is given; without members that are undefined. */
function copy(users?: UserAccess): OpenAPIV3.Document {
  return JSON.parse(JSON.stringify(openApiDocument(users))) as OpenAPIV3.Document;
}

function describedIn(document: OpenAPIV3.Document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path}`,
      operation: operation as OpenAPIV3.OperationObject,
    })),
  );
}

/** Whether the gateway answers a route by itself, whoever asks. */
function isOpen(route: string): boolean {
  return openPaths.some((path) => route.endsWith(` ${path}`));
}

describe("openApiDocument", () => {
  it("is valid OpenAPI 3.0", async () => {
    await SwaggerParser.validate(copy());
  });

  it("describes the routes, and HEAD wherever GET is", () => {
    for (const access of [undefined, { allowApiKeys: false }]) {
      const described = describedIn(copy(access)).map(({ route }) => route);
      const ofFunctions = operationsOf(access !== undefined).flatMap((operation) =>
        methodsOf(operation).map((method) => `${method} ${routes[operation].path}`),
      );
      const open = openPaths.flatMap((path) => [`GET ${path}`, `HEAD ${path}`]);
      assert.deepEqual(described.sort(), [...open, ...ofFunctions].sort());
      for (const route of ["HEAD /images/{id}", "PUT /records/{id}", "POST /process"]) {
        assert.ok(described.includes(route), route);
      }
      assert.equal(described.includes("GET /me"), access !== undefined);
    }
  });

  it("has no holes: a route has an operation, an operation a route, and both are told if not", () => {
    const { "get-image": operation, ...others } = operationObjects;
    const objects = { ...others, "get-picture": operation };
    assert.throws(() => joinPaths(operationsOf(true), {}, objects), {
      message:
        "The API's document cannot be made: the route get-image has no operation; " +
        "the operation get-picture has no route.",
    });
  });

  it("gives each route an operation of its own", () => {
    const written = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual([...new Set(written)], written);
  });

  it("gives HEAD the headers of GET, and neither a body nor parts", () => {
    for (const [path, item] of Object.entries(copy().paths)) {
      const { get, head } = item ?? {};
      for (const [status, response] of Object.entries(head?.responses ?? {})) {
        const { content, headers } = response as OpenAPIV3.ResponseObject;
        const ofGet = get?.responses[status] as OpenAPIV3.ResponseObject;
        assert.deepEqual([content, headers], [undefined, ofGet.headers], `${path} ${status}`);
      }
    }
    const { responses, parameters } = copy().paths["/images/{id}/content"]?.head ?? {};
    const names = (parameters as OpenAPIV3.ParameterObject[]).map(({ name }) => name);
    assert.deepEqual(names, ["id", "If-Match", "If-None-Match"]);
    assert.deepEqual(
      Object.keys(responses ?? {}).filter((status) => status < "400"),
      ["200", "302", "304"],
    );
  });

  it("gives every operation an id of its own, by which its handler is called, too", () => {
    const ids = describedIn(copy()).map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const [name, { operationId }] of Object.entries(operationObjects)) {
      const words = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      assert.equal(operationId, words);
    }
  });

  it("has what the gateway can answer on every operation", () => {
    for (const { route, operation } of describedIn(copy())) {
      const expected = isOpen(route) ? [413, 415, 429, 500] : [400, 403, 413, 429, 500, 502, 504];
      const statuses = Object.keys(operation.responses).map(Number);
      assert.deepEqual(
        expected.filter((status) => !statuses.includes(status)),
        [],
        route,
      );
      const { headers } = operation.responses["429"] as OpenAPIV3.ResponseObject;
      assert.ok(headers?.["Retry-After"], route);
    }
  });

  it("asks for an API key on every route that is not open, and wherever nothing else is said", () => {
    assert.deepEqual(copy().security, [{ apiKey: [] }]);
    for (const { route, operation } of describedIn(copy())) {
      assert.deepEqual(operation.security, isOpen(route) ? [] : [{ apiKey: [] }], route);
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
      "application/octet-stream",
    ]);
    assert.deepEqual(body.content["multipart/form-data"]?.encoding, {
      image: {
        contentType: "image/jpeg, image/png, image/gif, image/webp, application/octet-stream",
      },
    });
  });

  it("takes an Idempotency-Key on every POST, which then answers 409 and 422 as well", () => {
    for (const { route, operation } of describedIn(copy())) {
      const parameters = (operation.parameters ?? []) as OpenAPIV3.ParameterObject[];
      const key = parameters.find(({ name }) => name === "Idempotency-Key");
      const isPost = route.startsWith("POST");
      assert.deepEqual(
        key?.schema,
        isPost
          ? { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$", minLength: 1, maxLength: 255 }
          : undefined,
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

  it("lets clients that know no type of images take them for bytes", () => {
    const { responses } = copy().paths["/images/{id}/content"]?.get ?? {};
    for (const status of ["200", "206"]) {
      const { content = {} } = responses?.[status] as OpenAPIV3.ResponseObject;
      assert.deepEqual(Object.keys(content), [
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "application/octet-stream",
      ]);
      for (const { schema } of Object.values(content)) {
        assert.deepEqual(schema, { type: "string", format: "binary" });
      }
    }
  });

  it("sorts every operation under one of its tags, by which clients are divided", () => {
    const { tags = [], info } = copy();
    const names = tags.map(({ name }) => name);
    for (const { route, operation } of describedIn(copy())) {
      assert.equal(operation.tags?.length, 1, route);
      assert.ok(names.includes(operation.tags[0] ?? ""), route);
    }
    assert.equal(info.license?.name, "Apache-2.0");
  });

  it("has the servers that there may be, whose URLs are some by default, too", () => {
    const urls = (copy().servers ?? []).map(({ url, variables = {} }) =>
      url.replace(/\{(\w+)\}/g, (_, name: string) => variables[name]?.default ?? ""),
    );
    assert.deepEqual(urls, [
      "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1",
      "http://127.0.0.1:4000/v1",
    ]);
  });

  it("has no content where an answer has no body", () => {
    for (const { route, operation } of describedIn(copy())) {
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
    const { type, items } = ApiError?.properties?.details as OpenAPIV3.ArraySchemaObject;
    assert.deepEqual([type, items], ["array", { $ref: "#/components/schemas/Problem" }]);
    assert.deepEqual(Problem?.required, ["field", "problem", "pointer"]);
  });

  it("describes every error of every route in the one shape", () => {
    for (const { route, operation } of describedIn(copy())) {
      const errors = Object.entries(operation.responses).filter(([status]) => status >= "400");
      assert.ok(errors.length > 0);
      if (route.startsWith("HEAD")) {
        continue;
      }
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

describe("openApiDocument, of users", () => {
  const users = { allowApiKeys: false };
  const both = { allowApiKeys: true };

  for (const access of [users, both]) {
    it(`is valid OpenAPI 3.0 where API keys are ${access.allowApiKeys ? "" : "not "}allowed`, async () => {
      await SwaggerParser.validate(copy(access));
    });
  }

  it("has the routes that there are without users, and GET /me", () => {
    const without = describedIn(copy()).map(({ route }) => route);
    const all = describedIn(copy(users)).map(({ route }) => route);
    assert.deepEqual(
      all.filter((route) => !without.includes(route)),
      ["GET /me", "HEAD /me"],
    );
    assert.equal(all.length, without.length + 2);
  });

  it("asks for a bearer token on every route that is not open, or for an API key where one may come", () => {
    for (const [access, expected] of [
      [users, [{ bearer: [] }]],
      [both, [{ bearer: [] }, { apiKey: [] }]],
    ] as const) {
      assert.deepEqual(copy(access).security, expected);
      for (const { route, operation } of describedIn(copy(access))) {
        assert.deepEqual(operation.security, isOpen(route) ? [] : expected, route);
      }
    }
    assert.deepEqual(copy(users).components?.securitySchemes, {
      bearer: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "JWT",
        description: "A token of the stack's oidcIssuer, which tells who the user is.",
      },
    });
    assert.deepEqual(Object.keys(copy(both).components?.securitySchemes ?? {}), [
      "bearer",
      "apiKey",
    ]);
  });

  it("lets the headers of conditions be empty, as functions do", () => {
    const conditions = describedIn(copy(users)).flatMap(({ operation }) =>
      ((operation.parameters ?? []) as OpenAPIV3.ParameterObject[]).filter(({ name }) =>
        /^(If-|Range$)/.test(name),
      ),
    );
    assert.ok(conditions.length > 0);
    for (const { name, schema } of conditions) {
      assert.equal("minLength" in (schema ?? {}), false, name);
    }
  });

  it("has what the authorizer can answer on every operation, with the headers that go with it", () => {
    for (const { route, operation } of describedIn(copy(users))) {
      if (isOpen(route)) {
        assert.equal("401" in operation.responses, false);
        continue;
      }
      const headersOf = (status: string) =>
        Object.keys((operation.responses[status] as OpenAPIV3.ResponseObject).headers ?? {});
      assert.ok(headersOf("401").includes("WWW-Authenticate"), route);
      assert.ok(headersOf("503").includes("Retry-After"), route);
      assert.equal("414" in operation.responses, route.includes("{"), route);
      const { description } = operation.responses["503"] as OpenAPIV3.ResponseObject;
      assert.match(description, /AuthorizationUnavailable/, route);
    }
  });

  it("tells of each operation what is refused to a user, and what may be tried again", () => {
    const routesWith = (status: string, code: string) =>
      describedIn(copy(users))
        .filter(({ operation }) => {
          const response = operation.responses[status] as OpenAPIV3.ResponseObject | undefined;
          return response?.description.includes(code);
        })
        .map(({ route }) => route);
    assert.deepEqual(routesWith("403", "NotYourUser"), [
      "POST /images",
      "GET /images",
      "HEAD /images",
      "POST /uploads",
      "POST /process",
      "GET /results",
      "HEAD /results",
      "PUT /records/{id}",
    ]);
    assert.deepEqual(routesWith("403", "UserLimitReached"), ["POST /images", "POST /uploads"]);
    assert.deepEqual(routesWith("403", "NoUser"), ["GET /me", "HEAD /me"]);
    assert.deepEqual(routesWith("503", "UserBusy"), ["POST /images", "DELETE /images/{id}"]);
    assert.deepEqual(routesWith("503", "renditions"), ["PATCH /images/{id}"]);
  });

  it("lets userId be left out wherever it is taken, and demands it without users", () => {
    const requiredIn = (document: OpenAPIV3.Document) =>
      ["UploadBody", "UploadParts", "DirectUploadBody"].map((name) => {
        const { required, properties } = document.components?.schemas?.[
          name
        ] as OpenAPIV3.NonArraySchemaObject;
        assert.ok(properties?.userId, name);
        return required?.includes("userId");
      });
    assert.deepEqual(requiredIn(copy(users)), [false, false, false]);
    assert.deepEqual(requiredIn(copy()), [true, true, true]);
    for (const { route, operation } of describedIn(copy(users))) {
      for (const parameter of (operation.parameters ?? []) as OpenAPIV3.ParameterObject[]) {
        assert.ok(parameter.name !== "userId" || !parameter.required, route);
      }
    }
  });

  it("describes the numbers of a limit that is reached", () => {
    const { ApiError } = copy(users).components?.schemas as Record<
      string,
      OpenAPIV3.NonArraySchemaObject
    >;
    const { limit, ...members } = ApiError?.properties ?? {};
    assert.ok((limit as OpenAPIV3.SchemaObject).enum?.includes("bytes"));
    for (const name of ["maxImages", "images", "maxBytes", "bytes", "size"]) {
      assert.ok(name in members, name);
    }
  });

  it("says nothing that only the gateway understands", () => {
    assert.equal(JSON.stringify(copy(users)).includes("x-amazon"), false);
  });

  it("is what openapi.users.json holds; npm run openapi writes it anew", () => {
    assert.deepEqual(JSON.parse(readFileSync("openapi.users.json", "utf8")), copy(users));
  });
});
