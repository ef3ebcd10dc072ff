import assert from "node:assert/strict";
import { APIGatewayClient, GetExportCommand } from "@aws-sdk/client-api-gateway";
import { apiGatewayApi } from "../../../aws/apigateway/api";
import { importApi } from "../../../aws/apigateway/openapi/import-api";
import { ApiLab } from "../api/api-lab";
import { gatedApi } from "./authorizer-lab";
import { inLab, mocked, openApi, proxied } from "./lab";

const integration = "x-amazon-apigateway-integration";
const missing = { name: "NotFoundException" };

/** What is written of an operation, by its path in small parts. */
interface Exported extends Record<string, unknown> {
  info: object;
  servers: object;
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: Record<string, unknown>;
}

type Export = (
  stageName: string,
  exportType: string,
  more?: { extensions?: string; accepts?: string; restApiId?: string },
) => Promise<{ exported: Exported; contentType?: string; contentDisposition?: string }>;

/** Deploys a document to the stage `prod`, and asks for exports of it. */
async function inExports(
  document: object,
  settings: object,
  test: (ask: Export, api: { id: string; url: string }) => Promise<void>,
): Promise<void> {
  await inLab(async (lab) => {
    const { api } = await lab.deploy(document, settings);
    const server = await ApiLab.start((access) => apiGatewayApi(access, lab.gateway));
    const client = server.client(APIGatewayClient);
    try {
      await test(async (stageName, exportType, { extensions, ...more } = {}) => {
        const parameters = extensions === undefined ? undefined : { extensions };
        const { body, contentType, contentDisposition } = await client.send(
          new GetExportCommand({ restApiId: api.id, stageName, exportType, parameters, ...more }),
        );
        const exported = JSON.parse(Buffer.from(body ?? []).toString()) as Exported;
        return { exported, contentType, contentDisposition };
      }, api);
    } finally {
      await server.stop();
    }
  });
}

describe("GetExport", () => {
  const user = { name: "id", in: "query", description: "Whose", schema: { type: "integer" } };
  const document = gatedApi(
    {},
    {
      "/users": {
        summary: "Users",
        parameters: [user],
        post: proxied({
          summary: "Makes a user",
          description: "At length",
          tags: ["users"],
          operationId: "makeUser",
          "x-own": true,
          security: [{ user: [] }],
          parameters: [{ name: "x-trace", in: "header", required: true }],
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/User" }, example: {} },
            },
          },
          responses: {
            201: {
              description: "Made",
              headers: { Location: { description: "Where", schema: { type: "string" } } },
              content: { "application/json": { schema: { $ref: "#/components/schemas/User" } } },
            },
          },
        }),
      },
      "/all": { "x-amazon-apigateway-any-method": mocked("all") },
    },
    {
      info: { title: "as imported", version: "1.2.3" },
      "x-amazon-apigateway-gateway-responses": { DEFAULT_4XX: { statusCode: 400 } },
    },
  ) as { components: object };
  document.components = {
    ...document.components,
    schemas: { User: { type: "object", description: "Somebody", properties: {} } },
  };

  it("writes down what a stage serves, without what is said about it", () =>
    inExports(document, { name: "lab" }, async (ask, api) => {
      const { exported, contentType, contentDisposition } = await ask("prod", "oas30");
      assert.equal(contentType, "application/json");
      assert.equal(contentDisposition, 'attachment; filename="oas30_2025-11-21T12:00:00Z.json"');
      const schema = { $ref: "#/components/schemas/User" };
      assert.deepEqual(exported, {
        openapi: "3.0.1",
        info: { title: "lab", version: "1.2.3" },
        servers: [{ url: `${api.url}/{basePath}`, variables: { basePath: { default: "/prod" } } }],
        paths: {
          "/users": {
            post: {
              operationId: "makeUser",
              parameters: [
                { name: "id", in: "query", schema: { type: "string" } },
                { name: "x-trace", in: "header", required: true, schema: { type: "string" } },
              ],
              requestBody: { content: { "application/json": { schema } }, required: true },
              responses: {
                201: {
                  description: "201 response",
                  headers: { Location: { schema: { type: "string" } } },
                  content: { "application/json": { schema } },
                },
              },
              security: [{ user: [] }],
            },
          },
          "/all": {
            "x-amazon-apigateway-any-method": {
              responses: {
                200: {
                  description: "200 response",
                  headers: { "X-Mock": { schema: { type: "string" } } },
                },
              },
            },
          },
        },
        components: {
          schemas: { User: { type: "object", description: "Somebody", properties: {} } },
          securitySchemes: {
            user: { type: "apiKey", name: "Authorization", in: "header" },
            key: { type: "apiKey", name: "x-api-key", in: "header" },
          },
        },
      });
    }));

  it("writes the extensions that are asked for", () =>
    inExports(document, { binaryMediaTypes: ["image/*"] }, async (ask) => {
      const integrations = await ask("prod", "oas30", { extensions: "integrations" });
      const { post = {} } = integrations.exported.paths["/users"] ?? {};
      assert.deepEqual(
        Object.keys(post).filter((name) => name.startsWith("x-")),
        [integration],
      );
      const authorizers = await ask("prod", "oas30", { extensions: "authorizers" });
      const { securitySchemes } = authorizers.exported.components;
      assert.match(
        JSON.stringify(securitySchemes),
        /"x-amazon-apigateway-authorizer":\{"type":"req/,
      );
      assert.doesNotMatch(JSON.stringify(authorizers.exported), /-integration/);
      const { exported } = await ask("prod", "oas30", { extensions: "apigateway" });
      assert.deepEqual(exported["x-amazon-apigateway-binary-media-types"], ["image/*"]);
      assert.ok(exported["x-amazon-apigateway-gateway-responses"]);
      await assert.rejects(ask("prod", "oas30", { extensions: "postman" }), {
        name: "NotImplemented",
      });
    }));

  it("writes what becomes the same API when it is imported", () =>
    inExports(document, {}, async (ask) => {
      const { exported } = await ask("prod", "oas30", { extensions: "apigateway" });
      const served = (text: string) =>
        importApi(text, "same").resources.map(({ path, methods }) => [
          path,
          [...methods.values()].map(({ models, ...method }) => [method, [...models.keys()]]),
        ]);
      assert.deepEqual(served(JSON.stringify(exported)), served(JSON.stringify(document)));
    }));

  it("writes Swagger of what was imported as such", () => {
    const swagger = {
      swagger: "2.0",
      info: { title: "old" },
      paths: {
        "/things": {
          get: {
            ...mocked("fine"),
            produces: ["application/json"],
            parameters: [{ name: "id", in: "query", type: "integer", required: true }],
            responses: { 200: { description: "Fine", schema: { $ref: "#/definitions/Thing" } } },
          },
        },
      },
      definitions: { Thing: { type: "object" } },
    };
    return inExports(swagger, {}, async (ask, api) => {
      const { exported } = await ask("prod", "swagger");
      assert.deepEqual(exported, {
        swagger: "2.0",
        info: { title: "lab", version: "2025-11-21T12:00:00.000Z" },
        host: new URL(api.url).host,
        basePath: "/prod",
        schemes: ["http"],
        paths: {
          "/things": {
            get: {
              produces: ["application/json"],
              parameters: [{ name: "id", in: "query", required: true, type: "string" }],
              responses: {
                200: { description: "200 response", schema: { $ref: "#/definitions/Thing" } },
              },
            },
          },
        },
        securityDefinitions: {},
        definitions: { Thing: { type: "object" } },
      });
      await assert.rejects(ask("prod", "oas30"), { name: "NotImplemented" });
    });
  });

  it("refuses what there is not, and other forms", () =>
    inExports(openApi({ "/a": { get: mocked("a") } }), {}, async (ask) => {
      await assert.rejects(ask("none", "oas30"), missing);
      await assert.rejects(ask("prod", "oas30", { restApiId: "none" }), missing);
      await assert.rejects(ask("prod", "raml"), { name: "BadRequestException" });
      await assert.rejects(ask("prod", "swagger"), { name: "NotImplemented" });
      const accepts = "application/yaml";
      await assert.rejects(ask("prod", "oas30", { accepts }), { name: "NotImplemented" });
    }));
});
