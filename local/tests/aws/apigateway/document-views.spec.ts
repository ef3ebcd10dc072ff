import assert from "node:assert/strict";
import {
  APIGatewayClient,
  type GatewayResponseType,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  GetMethodCommand,
  GetMethodResponseCommand,
  GetModelCommand,
  GetModelsCommand,
  GetRequestValidatorCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  paginateGetModels,
} from "@aws-sdk/client-api-gateway";
import { apiGatewayApi } from "../../../aws/apigateway/api";
import { ApiLab } from "../api/api-lab";
import { inLab, mocked, openApi, proxied } from "./lab";

interface Shown {
  client: APIGatewayClient;
  api: ApiLab;
  restApiId: string;
}

/** Imports a document, and asks the API about it. */
async function inImport(document: object, test: (shown: Shown) => Promise<void>): Promise<void> {
  await inLab(async (lab) => {
    const { id: restApiId } = await lab.gateway.createRestApi({
      name: "shown",
      body: JSON.stringify(document),
    });
    const api = await ApiLab.start((access) => apiGatewayApi(access, lab.gateway));
    try {
      await test({ client: api.client(APIGatewayClient), api, restApiId });
    } finally {
      await api.stop();
    }
  });
}

/** The id of the resource `path`. */
async function resourceAt(path: string, { client, restApiId }: Shown): Promise<string> {
  const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
  return items.find((each) => each.path === path)?.id ?? "";
}

function notFound(message: string): object {
  return { name: "NotFoundException", message };
}

/** An answer without what the SDK adds. */
function members(answer: { $metadata: object }): object {
  const { $metadata: metadata, ...shown } = answer;
  assert.ok(metadata);
  return shown;
}

const house = {
  type: "object",
  description: "Where a person can live",
  properties: {
    example: { type: "string", example: "of a property" },
    contains: { type: "array", minItems: 1, items: { $ref: "#/components/schemas/Person" } },
  },
  example: { contains: [] },
};
const person = {
  type: "object",
  required: ["name"],
  properties: { name: { type: "string" }, house: { $ref: "#/components/schemas/House" } },
};
const plain = { type: "object", properties: { a: { type: "number" } } };
const json = (schema: object) => ({ "application/json": { schema } });

/** People behind a function, and a mock that answers with a header. */
function people(): object {
  const post = proxied(
    {
      operationId: "CreatePerson",
      "x-amazon-apigateway-request-validator": "all",
      parameters: [
        { name: "trace", in: "header", required: false },
        { name: "dry", in: "query", required: true },
      ],
      requestBody: { content: json({ $ref: "#/components/schemas/Person" }) },
      responses: {
        "200": { content: json(plain) },
        "201": { $ref: "#/components/responses/Made" },
        default: { description: "Else" },
      },
    },
    { responses: { default: { statusCode: "200" } } },
  );
  return {
    ...openApi({ "/person": { post }, "/health": { get: mocked("fine") } }),
    components: {
      schemas: { House: house, Person: person },
      responses: { Made: { headers: { Location: { required: true }, "X-Mock": {} } } },
    },
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestBody: true, validateRequestParameters: true },
      none: {},
    },
  };
}

describe("GetModels", () => {
  it("shows the schemas of a document, and those of bodies that have no name", () =>
    inImport(people(), async ({ client, restApiId }) => {
      const { items = [] } = await client.send(new GetModelsCommand({ restApiId }));
      const models = `https://apigateway.amazonaws.com/restapis/${restApiId}/models`;
      const [first, second, third] = items.map(({ id, schema = "", ...shown }) => {
        assert.match(id ?? "", /^[a-z0-9]{6}$/);
        return { ...shown, schema: JSON.parse(schema) as unknown };
      });
      assert.deepEqual(first, {
        name: "House",
        description: "Where a person can live",
        contentType: "application/json",
        schema: {
          type: "object",
          description: "Where a person can live",
          properties: {
            example: { type: "string" },
            contains: { type: "array", minItems: 1, items: { $ref: `${models}/Person` } },
          },
        },
      });
      assert.deepEqual(second, {
        name: "Person",
        contentType: "application/json",
        schema: {
          ...person,
          properties: { name: { type: "string" }, house: { $ref: `${models}/House` } },
        },
      });
      assert.match(third?.name ?? "", /^MODEL[0-9a-f]{6}$/);
      assert.deepEqual(third?.schema, plain);
      assert.equal(items.length, 3);
    }));

  it("shows those of Swagger 2.0, by pages", () => {
    const responses = { "200": { schema: { $ref: "#/definitions/Pet" } } };
    const get = proxied({ produces: ["text/json"], responses });
    const schema = { $ref: "#/definitions/Toy" };
    const put = proxied({ consumes: ["text/json"], parameters: [{ in: "body", schema }] });
    const definitions = { Pet: plain, Toy: plain };
    const document = { swagger: "2.0", paths: { "/pet": { get, put } }, definitions };
    return inImport(document, async (shown) => {
      const { client, restApiId } = shown;
      const names: unknown[] = [];
      for await (const { items } of paginateGetModels({ client, pageSize: 1 }, { restApiId })) {
        names.push(items?.map(({ name }) => name));
      }
      assert.deepEqual(names, [["Pet"], ["Toy"]]);
      const place = { restApiId, resourceId: await resourceAt("/pet", shown) };
      const method = await client.send(new GetMethodCommand({ ...place, httpMethod: "GET" }));
      assert.deepEqual(method.methodResponses?.["200"]?.responseModels, { "text/json": "Pet" });
      const { requestModels } = await client.send(
        new GetMethodCommand({ ...place, httpMethod: "PUT" }),
      );
      assert.deepEqual(requestModels, { "text/json": "Toy" });
    });
  });

  it("shows none of an API whose document has none", () =>
    inImport(openApi({ "/health": { get: mocked("fine") } }), async ({ client, restApiId }) => {
      assert.deepEqual((await client.send(new GetModelsCommand({ restApiId }))).items, []);
    }));
});

describe("GetModel", () => {
  it("shows one by its name, and flattened where it refers to no other", () =>
    inImport(people(), async ({ client, restApiId }) => {
      const { items = [] } = await client.send(new GetModelsCommand({ restApiId }));
      const get = (modelName = "", flatten = false, api = restApiId) =>
        client.send(new GetModelCommand({ restApiId: api, modelName, flatten }));
      for (const item of items) {
        assert.deepEqual(members(await get(item.name)), item);
      }
      assert.deepEqual(members(await get(items[2]?.name, true)), items[2]);
      await assert.rejects(get("House", true), { name: "NotImplemented" });
      const missing = notFound("Invalid model name specified: Garden");
      await assert.rejects(get("Garden"), missing);
      await assert.rejects(get("Garden", false, "none"), missing);
    }));
});

describe("GetRequestValidators", () => {
  it("shows those that a document declares, each by its id too", () =>
    inImport(people(), async ({ client, restApiId }) => {
      const { items = [] } = await client.send(new GetRequestValidatorsCommand({ restApiId }));
      assert.deepEqual(
        items.map(({ id, ...shown }) => [typeof id, shown]),
        [
          ["string", { name: "all", validateRequestBody: true, validateRequestParameters: true }],
          [
            "string",
            { name: "none", validateRequestBody: false, validateRequestParameters: false },
          ],
        ],
      );
      const get = (requestValidatorId = "", api = restApiId) =>
        client.send(new GetRequestValidatorCommand({ restApiId: api, requestValidatorId }));
      for (const item of items) {
        assert.deepEqual(members(await get(item.id)), item);
      }
      const missing = notFound("Invalid Request Validator identifier specified");
      await assert.rejects(get("none"), missing);
      await assert.rejects(get(items[0]?.id, "none"), missing);
    }));
});

describe("GetGatewayResponses", () => {
  const template = { "application/json": '{"message":$context.error.messageString}' };
  const document = {
    ...openApi({ "/health": { get: mocked("fine") } }),
    "x-amazon-apigateway-gateway-responses": {
      ACCESS_DENIED: { responseTemplates: { "text/plain": "no" } },
      DEFAULT_5XX: {
        statusCode: 599,
        responseParameters: { "gatewayresponse.header.X-Own": "'5'" },
        responseTemplates: { "text/plain": "failed" },
      },
      AUTHORIZER_FAILURE: { responseParameters: { "gatewayresponse.header.foo": "'bar'" } },
    },
  };
  /** As API Gateway shows them, where the document declares nothing. */
  const builtIn = (responseType: string, statusCode?: string) => ({
    responseType,
    ...(statusCode !== undefined && { statusCode }),
    responseParameters: {},
    responseTemplates: template,
    defaultResponse: true,
  });

  it("shows those that are declared, and all others as the fallback of their class", () =>
    inImport(document, async ({ client, restApiId }) => {
      const { items = [] } = await client.send(
        new GetGatewayResponsesCommand({ restApiId, limit: 1 }),
      );
      assert.equal(items.length, 21);
      const failed = {
        statusCode: "599",
        responseParameters: { "gatewayresponse.header.X-Own": "'5'" },
        responseTemplates: { "text/plain": "failed" },
      };
      const expected = [
        {
          ...builtIn("ACCESS_DENIED", "403"),
          responseTemplates: { "text/plain": "no" },
          defaultResponse: false,
        },
        { responseType: "API_CONFIGURATION_ERROR", ...failed, defaultResponse: true },
        {
          ...builtIn("AUTHORIZER_FAILURE", "500"),
          responseParameters: { "gatewayresponse.header.foo": "'bar'" },
          defaultResponse: false,
        },
        builtIn("DEFAULT_4XX"),
        { responseType: "DEFAULT_5XX", ...failed, defaultResponse: false },
        builtIn("QUOTA_EXCEEDED", "429"),
      ];
      for (const each of expected) {
        const [shown] = items.filter(({ responseType }) => responseType === each.responseType);
        assert.deepEqual(shown, each);
        const { responseType } = each as { responseType: GatewayResponseType };
        const command = new GetGatewayResponseCommand({ restApiId, responseType });
        assert.deepEqual(members(await client.send(command)), each);
      }
    }));

  it("has no status for the fallbacks, and refuses types that there are none of", () =>
    inImport(openApi({ "/health": { get: mocked("fine") } }), async ({ client, restApiId }) => {
      const get = (responseType: string, api = restApiId) =>
        client.send(
          new GetGatewayResponseCommand({
            restApiId: api,
            responseType: responseType as GatewayResponseType,
          }),
        );
      assert.deepEqual(members(await get("DEFAULT_5XX")), builtIn("DEFAULT_5XX"));
      assert.deepEqual(
        members(await get("INTEGRATION_TIMEOUT")),
        builtIn("INTEGRATION_TIMEOUT", "504"),
      );
      await assert.rejects(
        get("THROTTLED", "none"),
        notFound("Invalid API identifier specified 123456789012:none"),
      );
      await assert.rejects(get("OTHER"), {
        name: "ValidationException",
        message:
          /^1 validation error detected: Value 'OTHER' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: \[.*\bWAF_FILTERED\b/,
      });
    }));
});

describe("GetMethodResponse", () => {
  it("shows headers and models of a status, as GetMethod does of all", () =>
    inImport(people(), async (shown) => {
      const { client, restApiId } = shown;
      const resourceId = await resourceAt("/person", shown);
      const place = { restApiId, resourceId, httpMethod: "POST" };
      const { items: models = [] } = await client.send(new GetModelsCommand({ restApiId }));
      const { items: validators } = await client.send(
        new GetRequestValidatorsCommand({ restApiId }),
      );
      const method = await client.send(new GetMethodCommand(place));
      const { operationName, requestParameters, requestModels, requestValidatorId } = method;
      assert.deepEqual(
        { operationName, requestParameters, requestModels, requestValidatorId },
        {
          operationName: "CreatePerson",
          requestParameters: {
            "method.request.header.trace": false,
            "method.request.querystring.dry": true,
          },
          requestModels: { "application/json": "Person" },
          requestValidatorId: validators?.[0]?.id,
        },
      );
      assert.deepEqual(method.methodResponses, {
        "200": { statusCode: "200", responseModels: { "application/json": models[2]?.name } },
        "201": {
          statusCode: "201",
          responseParameters: {
            "method.response.header.Location": true,
            "method.response.header.X-Mock": false,
          },
        },
      });
      const get = (statusCode: string, more: object = {}) =>
        client.send(new GetMethodResponseCommand({ ...place, statusCode, ...more }));
      for (const [status, response] of Object.entries(method.methodResponses ?? {})) {
        assert.deepEqual(members(await get(status)), response);
      }
      await assert.rejects(get("404"), notFound("Invalid Response status code specified"));
      await assert.rejects(
        get("200", { httpMethod: "GET" }),
        notFound("Invalid Method identifier specified"),
      );
      await assert.rejects(get("default"), {
        name: "ValidationException",
        message: String.raw`1 validation error detected: Value 'default' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\d\d`,
      });
    }));
});

describe("GetIntegrationResponse", () => {
  it("shows what integrations answer with, those of functions too", () =>
    inImport(people(), async (shown) => {
      const { client, restApiId } = shown;
      const places = [
        { resourceId: await resourceAt("/person", shown), httpMethod: "POST" },
        { resourceId: await resourceAt("/health", shown), httpMethod: "GET" },
      ];
      const expected = [
        { statusCode: "200" },
        { statusCode: "200", responseTemplates: { "application/json": "fine" } },
      ];
      const get = (place: object, statusCode = "200") => {
        const all = { restApiId, resourceId: "", httpMethod: "", ...place, statusCode };
        return client.send(new GetIntegrationResponseCommand(all));
      };
      for (const [index, place] of places.entries()) {
        assert.deepEqual(members(await get(place)), expected[index]);
        const integration = await client.send(new GetIntegrationCommand({ restApiId, ...place }));
        assert.deepEqual(integration.integrationResponses, { "200": expected[index] });
        await assert.rejects(get(place, "201"), notFound("Invalid Response status code specified"));
      }
      const noMethod = notFound("Invalid Method identifier specified");
      await assert.rejects(get({ ...places[0], httpMethod: "PUT" }), noMethod);
      const noResource = notFound("Invalid Resource identifier specified");
      await assert.rejects(get({ ...places[0], resourceId: "none" }), noResource);
      await assert.rejects(get({ ...places[0], restApiId: "none" }), noResource);
      await assert.rejects(get({ ...places[0] }, "wrong"), { name: "ValidationException" });
    }));

  it("says so where a method has no integration", () =>
    inImport(openApi({ "/open": { get: { responses: { "200": {} } } } }), async (shown) => {
      const resourceId = await resourceAt("/open", shown);
      const place = { restApiId: shown.restApiId, resourceId, httpMethod: "GET" };
      await assert.rejects(
        shown.client.send(new GetIntegrationResponseCommand({ ...place, statusCode: "200" })),
        notFound("Invalid Integration identifier specified"),
      );
    }));
});

describe("what an API was imported with", () => {
  it("is shown to those alone who may read it", () =>
    inImport(people(), async (shown) => {
      const { api, restApiId } = shown;
      const resourceId = await resourceAt("/person", shown);
      const method = { restApiId, resourceId, httpMethod: "POST", statusCode: "200" };
      const { items } = await shown.client.send(new GetRequestValidatorsCommand({ restApiId }));
      const requestValidatorId = items?.[0]?.id;
      const below = `resources/${resourceId}/methods/POST`;
      const asks: [string, (client: APIGatewayClient) => Promise<unknown>][] = [
        ["models", (client) => client.send(new GetModelsCommand({ restApiId }))],
        [
          "models/House",
          (client) => client.send(new GetModelCommand({ restApiId, modelName: "House" })),
        ],
        [
          "requestvalidators",
          (client) => client.send(new GetRequestValidatorsCommand({ restApiId })),
        ],
        [
          `requestvalidators/${requestValidatorId}`,
          (client) =>
            client.send(new GetRequestValidatorCommand({ restApiId, requestValidatorId })),
        ],
        [
          "gatewayresponses",
          (client) => client.send(new GetGatewayResponsesCommand({ restApiId })),
        ],
        [
          "gatewayresponses/THROTTLED",
          (client) =>
            client.send(new GetGatewayResponseCommand({ restApiId, responseType: "THROTTLED" })),
        ],
        [`${below}/responses/200`, (client) => client.send(new GetMethodResponseCommand(method))],
        [
          `${below}/integration/responses/200`,
          (client) => client.send(new GetIntegrationResponseCommand(method)),
        ],
      ];
      const base = `arn:aws:apigateway:eu-west-1::/restapis/${restApiId}`;
      const other = api.roleThatMay(["apigateway:GET"], [`${base}/stages`]);
      const stranger = api.client(APIGatewayClient, { credentials: other });
      for (const [path, ask] of asks) {
        const credentials = api.roleThatMay(["apigateway:GET"], [`${base}/${path}`]);
        await ask(api.client(APIGatewayClient, { credentials }));
        await assert.rejects(ask(stranger), { name: "AccessDeniedException" });
      }
    }));
});
