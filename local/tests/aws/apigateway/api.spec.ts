import assert from "node:assert/strict";
import {
  APIGatewayClient,
  GetAccountCommand,
  GetApiKeyCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  GetDeploymentCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetResourceCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetTagsCommand,
  GetUsageCommand,
  type GetUsageCommandInput,
  GetUsagePlanCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  GetVpcLinksCommand,
  paginateGetDomainNames,
} from "@aws-sdk/client-api-gateway";
import { Acm } from "../../../aws/acm/acm";
import { apiGatewayApi } from "../../../aws/apigateway/api";
import { apigatewayResources } from "../../../provider/apigateway";
import type { Properties } from "../../../provider/resource";
import { createPlanned } from "../../provider/create-planned";
import { plannedRequest } from "../../provider/planned-request";
import { ApiLab } from "../api/api-lab";
import { gatedApi } from "./authorizer-lab";
import { inLab, keyed, keyValue, type Lab, mocked, openApi, proxied } from "./lab";

const settings = {
  regionalCertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
  regionalDomainName: "127.0.0.1:1",
  regionalZoneId: "Z1",
  securityPolicy: "TLS_1_2",
  tags: { Team: "one" },
};
const missing = { name: "NotFoundException" };
/** Of the API, as requests are signed for it. */
const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

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

  it("shows the integration of a method", () =>
    inApi(async (client, restApiId) => {
      const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
      const resourceId = items.find(({ path }) => path === "/health")?.id;
      const get = async (httpMethod: string) => {
        const command = new GetIntegrationCommand({ restApiId, resourceId, httpMethod });
        const { $metadata: metadata, ...integration } = await client.send(command);
        assert.equal(metadata.httpStatusCode, 200);
        return integration;
      };
      const method = new GetMethodCommand({ restApiId, resourceId, httpMethod: "GET" });
      assert.deepEqual(await get("GET"), (await client.send(method)).methodIntegration);
      await assert.rejects(get("POST"), missing);
    }));

  it("shows the authorizers of an API's methods, once each", () =>
    inApi(async (client, _id, { gateway }) => {
      const gated = proxied({ security: [{ user: [] }] });
      const paths = { "/a": { get: gated, put: gated }, "/b": { get: proxied() } };
      const token = { type: "token", identitySource: undefined };
      const { id: restApiId } = await gateway.createRestApi({
        name: "gated",
        body: JSON.stringify(gatedApi({ authorizerResultTtlInSeconds: 60 }, paths)),
      });
      const { items = [] } = await client.send(new GetAuthorizersCommand({ restApiId }));
      assert.deepEqual(
        items.map(({ id, ...shown }) => [typeof id, shown]),
        [
          [
            "string",
            {
              name: "user",
              type: "REQUEST",
              authType: "custom",
              authorizerUri:
                "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:gate/invocations",
              identitySource: "method.request.header.Authorization",
              authorizerResultTtlInSeconds: 60,
            },
          ],
        ],
      );
      const get = async (api: string, authorizerId = "") =>
        client.send(new GetAuthorizerCommand({ restApiId: api, authorizerId }));
      assert.partialDeepStrictEqual(await get(restApiId, items[0]?.id), items[0] ?? {});
      await assert.rejects(get(restApiId, "none"), missing);
      const other = await gateway.createRestApi({
        name: "tokens",
        body: JSON.stringify(
          gatedApi({ ...token, identityValidationExpression: "Bearer .+" }, paths),
        ),
      });
      const command = new GetAuthorizersCommand({ restApiId: other.id });
      const [ofToken] = (await client.send(command)).items ?? [];
      assert.deepEqual(
        [ofToken?.type, ofToken?.identitySource, ofToken?.identityValidationExpression],
        ["TOKEN", "method.request.header.Authorization", "Bearer .+"],
      );
    }));

  it("shows what keys have used of a quota and have left, day by day", () =>
    inApi(async (client, _id, lab) => {
      const document = openApi({ "/metered": { get: keyed(proxied()) } });
      const { api, url } = await lab.deploy(document, { stage: { stageName: "metered" } });
      const apiStages = [{ apiId: api.id, stage: "metered" }];
      const quotaSettings = { limit: 5, period: "WEEK" as const };
      lab.gateway.createUsagePlan({ id: "uuuu", name: "week", apiStages, quotaSettings });
      for (const keyId of ["kkkk", "llll"]) {
        lab.gateway.createUsagePlanKey({ usagePlanId: "uuuu", keyId });
      }
      const ask = async (times: number, key: string) => {
        for (let time = 0; time < times; time += 1) {
          await fetch(`${url}/metered`, { headers: { "x-api-key": key.repeat(24) } });
        }
      };
      // A Friday; weeks begin on Sundays.
      await ask(2, "k");
      lab.now = new Date("2025-11-22T12:00:00Z");
      await ask(4, "k");
      lab.now = new Date("2025-11-23T12:00:00Z");
      await ask(1, "k");
      await ask(1, "l");
      const span = { startDate: "2025-11-20", endDate: "2025-11-23" };
      const usage = async (more: Partial<GetUsageCommandInput> = {}) =>
        client.send(new GetUsageCommand({ usagePlanId: "uuuu", ...span, ...more }));
      const { items, ...shown } = await usage();
      assert.partialDeepStrictEqual(shown, { usagePlanId: "uuuu", ...span });
      const ofL = [0, 0, 0, 1].map((used) => [used, 5 - used]);
      assert.deepEqual(items, {
        kkkk: [
          [0, 5],
          [2, 3],
          [3, 0],
          [1, 4],
        ],
        llll: ofL,
      });
      assert.deepEqual((await usage({ keyId: "llll" })).items, { llll: ofL });
      const first = await usage({ limit: 1 });
      assert.deepEqual(Object.keys(first.items ?? {}), ["kkkk"]);
      const second = await usage({ limit: 1, position: first.position });
      assert.deepEqual([Object.keys(second.items ?? {}), second.position], [["llll"], undefined]);
      const refused = { name: "BadRequestException" };
      await assert.rejects(usage({ startDate: "2025-11-24" }), refused);
      await assert.rejects(usage({ endDate: "soon" }), refused);
      await assert.rejects(usage({ usagePlanId: "none" }), missing);
      await assert.rejects(usage({ usagePlanId: "pppp" }), { name: "NotImplemented" });
    }));

  it("shows the tags of whatever has some", () =>
    inApi(async (client, _id, { gateway }) => {
      const types = apigatewayResources(gateway, account, { acm: new Acm() });
      const create = (type: string, inputs: Properties) =>
        createPlanned(types, plannedRequest(`aws:apigateway/${type}`, inputs, type));
      const tags = { Team: "a & b" };
      const body = JSON.stringify(openApi({ "/a": { get: mocked("a") } }));
      const api = await create("restApi:RestApi", { body, tags });
      const deployment = await create("deployment:Deployment", { restApi: api.id });
      const names = { restApi: api.id, deployment: deployment.id, stageName: "tagged" };
      const made = [
        api,
        await create("stage:Stage", { ...names, tags }),
        await create("apiKey:ApiKey", { tags }),
        await create("usagePlan:UsagePlan", { tags }),
      ];
      const tagsOf = async (resourceArn: unknown) =>
        (await client.send(new GetTagsCommand({ resourceArn: String(resourceArn) }))).tags;
      for (const { outputs } of made) {
        assert.deepEqual(await tagsOf(outputs.arn), tags, String(outputs.arn));
      }
      const restApi = { restApiId: api.id };
      const stage = new GetStageCommand({ ...restApi, stageName: "tagged" });
      const shown = [
        await client.send(new GetRestApiCommand(restApi)),
        await client.send(stage),
        await client.send(new GetApiKeyCommand({ apiKey: made[2]?.id })),
        await client.send(new GetUsagePlanCommand({ usagePlanId: made[3]?.id })),
      ];
      assert.deepEqual(
        shown.map((each) => each.tags),
        shown.map(() => tags),
      );
      const plain = await create("stage:Stage", { ...names, stageName: "plain" });
      assert.deepEqual(await tagsOf(plain.outputs.arn), {});
      await assert.rejects(tagsOf("arn:aws:apigateway:eu-west-1::/apikeys/none"), missing);
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

  it("tell when what they show was made and changed, and where APIs are", () =>
    inLab(async (lab) => {
      const made = lab.now;
      const { api } = await lab.deploy(openApi({ "/health": { get: mocked("fine") } }), {
        description: "of health",
      });
      lab.meter(api);
      lab.now = new Date(made.getTime() + 60_000);
      const { id: deploymentId } = lab.gateway.createDeployment({ restApiId: api.id });
      lab.gateway.updateStage({ restApiId: api.id, stageName: "prod", deploymentId });
      lab.gateway.updateApiKey({ id: "key1", name: "key", value: keyValue, enabled: false });
      const server = await ApiLab.start((access) => apiGatewayApi(access, lab.gateway));
      const client = server.client(APIGatewayClient);
      const restApiId = api.id;
      try {
        const shown = await client.send(new GetRestApiCommand({ restApiId }));
        assert.deepEqual(
          [shown.createdDate, shown.description, shown.endpointConfiguration, shown.tags],
          [made, "of health", { types: ["EDGE"], ipAddressType: "ipv4" }, {}],
        );
        const stage = await client.send(new GetStageCommand({ restApiId, stageName: "prod" }));
        assert.deepEqual([stage.createdDate, stage.lastUpdatedDate], [made, lab.now]);
        const deployment = await client.send(new GetDeploymentCommand({ restApiId, deploymentId }));
        assert.deepEqual(deployment.createdDate, lab.now);
        const key = await client.send(new GetApiKeyCommand({ apiKey: "key1" }));
        assert.deepEqual([key.createdDate, key.lastUpdatedDate], [made, lab.now]);
      } finally {
        await server.stop();
      }
    }));
});
