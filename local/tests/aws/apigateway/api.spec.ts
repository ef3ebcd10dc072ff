import assert from "node:assert/strict";
import {
  APIGatewayClient,
  GetAccountCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  GetDeploymentCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetMethodCommand,
  GetResourceCommand,
  GetResourcesCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  GetVpcLinksCommand,
  paginateGetDomainNames,
} from "@aws-sdk/client-api-gateway";
import { apiGatewayApi } from "../../../aws/apigateway/api";
import { ApiLab } from "../api/api-lab";
import { inLab, keyed, type Lab, mocked, openApi } from "./lab";

const settings = {
  regionalCertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
  regionalDomainName: "127.0.0.1:1",
  regionalZoneId: "Z1",
  securityPolicy: "TLS_1_2",
  tags: { Team: "one" },
};
const missing = { name: "NotFoundException" };

/** An API that is deployed, two domain names of which one leads to it, and a plan with a key. */
async function declare(lab: Lab): Promise<string> {
  const { gateway } = lab;
  const { api } = await lab.deploy(openApi({ "/health": { get: mocked("fine") } }));
  const { domainNames } = gateway;
  domainNames.create("api.example.com", settings);
  domainNames.create("other.example.com", settings);
  domainNames.map("api.example.com", { basePath: "", restApiId: api.id, stageName: "prod" });
  domainNames.map("api.example.com", { basePath: "v1", restApiId: api.id });
  gateway.createApiKey({ id: "kkkk", name: "app", value: "k".repeat(24) });
  gateway.createApiKey({ id: "llll", name: "other", value: "l".repeat(24) });
  gateway.createUsagePlan({ id: "pppp", name: "plan" });
  gateway.createUsagePlanKey({ usagePlanId: "pppp", keyId: "kkkk" });
  return api.id;
}

async function inApi(
  test: (client: APIGatewayClient, restApiId: string, lab: Lab, api: ApiLab) => Promise<void>,
): Promise<void> {
  await inLab(async (lab) => {
    const restApiId = await declare(lab);
    const api = await ApiLab.start((access) => apiGatewayApi(access, lab.gateway));
    try {
      await test(api.client(APIGatewayClient), restApiId, lab, api);
    } finally {
      await api.stop();
    }
  });
}

describe("apiGatewayApi", () => {
  it("shows domain names", () =>
    inApi(async (client) => {
      const names: unknown[] = [];
      for await (const { items = [] } of paginateGetDomainNames({ client, pageSize: 1 }, {})) {
        names.push(items.map(({ domainName }) => domainName));
      }
      assert.deepEqual(names, [["api.example.com"], ["other.example.com"]]);
      const get = (domainName: string) => client.send(new GetDomainNameCommand({ domainName }));
      assert.partialDeepStrictEqual(await get("api.example.com"), {
        domainName: "api.example.com",
        domainNameStatus: "AVAILABLE",
        endpointConfiguration: { types: ["REGIONAL"] },
        regionalCertificateArn: settings.regionalCertificateArn,
        regionalDomainName: "127.0.0.1:1",
        regionalHostedZoneId: "Z1",
        securityPolicy: "TLS_1_2",
        tags: { Team: "one" },
      });
      await assert.rejects(get("none.example.com"), missing);
    }));

  it("shows what paths of a domain name lead to", () =>
    inApi(async (client, restApiId) => {
      const domainName = "api.example.com";
      const { items } = await client.send(new GetBasePathMappingsCommand({ domainName }));
      assert.deepEqual(items, [
        { basePath: "(none)", restApiId, stage: "prod" },
        { basePath: "v1", restApiId },
      ]);
      const get = (basePath: string) =>
        client.send(new GetBasePathMappingCommand({ domainName, basePath }));
      assert.equal((await get("(none)")).stage, "prod");
      assert.equal((await get("v1")).basePath, "v1");
      await assert.rejects(get("v2"), missing);
    }));

  it("shows the keys of a plan", () =>
    inApi(async (client) => {
      const usagePlanId = "pppp";
      const key = { id: "kkkk", type: "API_KEY", name: "app", value: "k".repeat(24) };
      const list = async (nameQuery?: string) =>
        (await client.send(new GetUsagePlanKeysCommand({ usagePlanId, nameQuery }))).items;
      assert.deepEqual(await list(), [key]);
      assert.deepEqual(await list("other"), []);
      const get = (keyId: string) =>
        client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId }));
      assert.partialDeepStrictEqual(await get("kkkk"), key);
      await assert.rejects(get("llll"), missing);
      await assert.rejects(client.send(new GetUsagePlanKeysCommand({ usagePlanId: "q" })), missing);
    }));

  it("shows resources, with those that are above them alone", () =>
    inApi(async (client, _id, { gateway }) => {
      const { id: restApiId, rootResourceId } = await gateway.createRestApi({
        name: "deep",
        body: JSON.stringify(openApi({ "/images/{id}": { get: mocked("fine") } })),
      });
      const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
      const get = async (resourceId = "", embed?: string[]) => {
        const command = new GetResourceCommand({ restApiId, resourceId, embed });
        const { $metadata: metadata, ...resource } = await client.send(command);
        assert.equal(metadata.httpStatusCode, 200);
        return resource;
      };
      assert.equal(items.length, 3);
      for (const item of items) {
        assert.deepEqual(await get(item.id), item);
      }
      const [root, images, one] = items;
      assert.deepEqual(root, { id: rootResourceId, path: "/" });
      assert.deepEqual([images?.parentId, images?.pathPart], [rootResourceId, "images"]);
      assert.deepEqual([one?.parentId, one?.resourceMethods], [images?.id, { GET: {} }]);
      const { resourceMethods } = await get(one?.id, ["methods"]);
      assert.equal(resourceMethods?.GET?.methodIntegration?.type, "MOCK");
      await assert.rejects(get("none"), missing);
    }));

  it("shows methods with their integrations", () =>
    inApi(async (client, _id, { gateway }) => {
      const parameters = [
        { name: "userId", in: "query", required: true, schema: { type: "string" } },
      ];
      const selected = {
        responses: {
          default: { statusCode: "200", responseTemplates: { "application/json": "fine" } },
          "5\\d{2}": {
            statusCode: "500",
            responseParameters: { "method.response.header.X-Mock": "'*'" },
          },
        },
      };
      const health = mocked("fine", selected) as { responses: object };
      const responses = { ...health.responses, "500": { headers: { "X-Mock": {} } } };
      const { id: restApiId } = await gateway.createRestApi({
        name: "two",
        body: JSON.stringify(
          openApi({
            "/images": { get: keyed({ parameters }) },
            "/health": { get: { ...health, responses } },
          }),
        ),
      });
      const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
      const get = async (path: string, httpMethod = "GET") => {
        const resourceId = items.find((each) => each.path === path)?.id;
        const command = new GetMethodCommand({ restApiId, resourceId, httpMethod });
        const { $metadata: metadata, ...method } = await client.send(command);
        assert.equal(metadata.httpStatusCode, 200);
        return [method, resourceId] as const;
      };
      const [images, imagesId] = await get("/images");
      assert.deepEqual(images, {
        httpMethod: "GET",
        authorizationType: "NONE",
        apiKeyRequired: true,
        requestParameters: { "method.request.querystring.userId": true },
        methodIntegration: {
          type: "AWS_PROXY",
          httpMethod: "POST",
          uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:worker/invocations",
          passthroughBehavior: "WHEN_NO_MATCH",
          timeoutInMillis: 29_000,
          cacheNamespace: imagesId,
          cacheKeyParameters: [],
        },
      });
      const [{ apiKeyRequired, methodIntegration }] = await get("/health");
      assert.equal(apiKeyRequired, false);
      assert.partialDeepStrictEqual(methodIntegration, {
        type: "MOCK",
        passthroughBehavior: "WHEN_NO_MATCH",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        integrationResponses: {
          "200": { statusCode: "200", responseTemplates: { "application/json": "fine" } },
          "500": {
            statusCode: "500",
            selectionPattern: "5\\d{2}",
            responseParameters: { "method.response.header.X-Mock": "'*'" },
          },
        },
      });
      assert.equal(methodIntegration?.integrationResponses?.["200"]?.selectionPattern, undefined);
      await assert.rejects(get("/images", "POST"), missing);
    }));

  it("shows a deployment", () =>
    inApi(async (client, restApiId, { gateway }) => {
      const { id } = gateway.createDeployment({ restApiId });
      const get = (deploymentId: string) =>
        client.send(new GetDeploymentCommand({ restApiId, deploymentId }));
      assert.equal((await get(id)).id, id);
      await assert.rejects(get("none"), missing);
    }));

  it("shows the settings of the account, with the role for logs", () =>
    inApi(async (client, _id, { gateway }) => {
      const get = () => client.send(new GetAccountCommand());
      assert.partialDeepStrictEqual(await get(), {
        apiKeyVersion: "4",
        features: ["UsagePlans"],
        throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
      });
      assert.equal((await get()).cloudwatchRoleArn, undefined);
      gateway.loggingRoleArn = "arn:aws:iam::123456789012:role/logs";
      assert.equal((await get()).cloudwatchRoleArn, "arn:aws:iam::123456789012:role/logs");
    }));

  it("refuses who may not, and what is not emulated", () =>
    inApi(async (client, _id, _lab, api) => {
      const resource = "arn:aws:apigateway:eu-west-1::/domainnames/api.example.com";
      const credentials = api.roleThatMay(["apigateway:GET"], [resource]);
      const reader = api.client(APIGatewayClient, { credentials });
      await reader.send(new GetDomainNameCommand({ domainName: "api.example.com" }));
      await assert.rejects(reader.send(new GetDomainNamesCommand()), {
        name: "AccessDeniedException",
      });
      await assert.rejects(client.send(new GetVpcLinksCommand()), { name: "NotImplemented" });
    }));
});
