import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { close, listen } from "../../../aws/http";
import { inLab, keyValue, Lab, openApi, proxied } from "./lab";

const document = openApi({ "/things": { get: proxied() } });

describe("ApiGateway", () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "gateway-"));
  });

  afterEach(() => rm(dataDir, { recursive: true }));

  it("serves the first API at the given port, further ones at their own", async () => {
    const server = createServer();
    const port = await listen(server);
    await close(server);
    const lab = new Lab(dataDir, port);
    await lab.gateway.start();
    try {
      const first = await lab.deploy(document);
      const second = await lab.deploy(openApi({ "/others": { get: proxied() } }));
      assert.equal(first.url, `http://127.0.0.1:${port}/prod`);
      assert.notEqual(second.api.url, first.api.url);
      assert.equal((await fetch(`${first.url}/things`)).status, 200);
      assert.equal((await fetch(`${second.url}/others`)).status, 200);
      assert.equal((await fetch(`${first.url}/others`)).status, 403);
    } finally {
      await lab.gateway.stop();
    }
    await assert.rejects(fetch(`http://127.0.0.1:${port}/prod/things`));
  });

  it("has the same ports at every start, with any free one for the first API too", async () => {
    const urls = async () => {
      const lab = new Lab(dataDir);
      await lab.gateway.start();
      const first = await lab.deploy(document, { id: "first00000" });
      const second = await lab.deploy(document, { id: "second0000" });
      await lab.gateway.stop();
      assert.deepEqual(lab.notices, []);
      return [first.url, second.url];
    };
    assert.deepEqual(await urls(), await urls());
  });

  it("gives the first API's port to the one that takes its place, or else to the next", async () => {
    const lab = new Lab(dataDir);
    await lab.gateway.start();
    try {
      const first = await lab.deploy(document);
      const second = await lab.deploy(openApi({ "/others": { get: proxied() } }));
      await lab.gateway.deleteRestApi(first.api.id);
      assert.equal((await fetch(`${first.url}/things`)).status, 403);
      assert.equal((await fetch(`${first.url}/others`)).status, 200);
      assert.equal((await fetch(`${second.url}/others`)).status, 200);
      await lab.gateway.deleteRestApi(second.api.id);
      assert.equal((await fetch(`${first.url}/others`)).status, 403);
      assert.equal((await fetch(`${second.url}/others`)).status, 403);
      const third = await lab.deploy(document);
      assert.equal(third.url, first.url);
      assert.equal((await fetch(`${third.url}/things`)).status, 200);
      const fourth = await lab.deploy(document);
      assert.notEqual(fourth.url, first.url);
    } finally {
      await lab.gateway.stop();
    }
  });

  it("fails at start when the port is taken", async () => {
    const server = createServer();
    const port = await listen(server);
    const lab = new Lab(dataDir, port);
    await assert.rejects(lab.gateway.start(), { code: "EADDRINUSE" });
    await lab.gateway.stop();
    await close(server);
  });

  it("stops any number of times, also in the middle of a request", async () => {
    const lab = new Lab(dataDir);
    await lab.gateway.start();
    const { url } = await lab.deploy(document);
    const invoked = new Promise<void>((resolve) => {
      lab.invoke = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    const pending = fetch(`${url}/things`);
    const refused = assert.rejects(pending);
    await invoked;
    await lab.gateway.stop();
    await refused;
    await lab.gateway.stop();
  });

  it("names APIs, deployments and ARNs as AWS does", () =>
    inLab(async ({ gateway }) => {
      const api = await gateway.createRestApi({ name: "x", body: JSON.stringify(document) });
      assert.match(api.id, /^[a-z0-9]{10}$/);
      assert.match(api.rootResourceId, /^[a-z0-9]{10}$/);
      assert.equal(api.executionArn, `arn:aws:execute-api:us-east-1:123456789012:${api.id}`);
      assert.match(gateway.createDeployment({ restApiId: api.id }).id, /^[a-z0-9]{6}$/);
    }));

  it("answers requests to a stage that does not exist with AWS's 403", () =>
    inLab(async (lab) => {
      const { api } = await lab.deploy(
        openApi(
          { "/things": { get: proxied() } },
          { "x-amazon-apigateway-gateway-responses": { DEFAULT_4XX: { statusCode: 418 } } },
        ),
      );
      for (const path of ["/", "/test/things", "/things"]) {
        const response = await fetch(`${api.url}${path}`);
        assert.equal(response.status, 403);
        assert.equal(await response.text(), '{"message":"Forbidden"}');
        assert.equal(response.headers.get("x-amzn-errortype"), "ForbiddenException");
      }
      assert.equal(lab.metrics.length, 0);
    }));

  it("refuses to deploy an API without methods or with one that has no integration", () =>
    inLab(async (lab) => {
      await assert.rejects(lab.deploy(openApi({})), /doesn't contain any methods/);
      const bare = openApi({ "/things": { get: { responses: {} } } });
      await assert.rejects(lab.deploy(bare), /No integration defined for method/);
    }));

  it("refuses what refers to nothing", () =>
    inLab(async (lab) => {
      const { gateway } = lab;
      const { api } = await lab.deploy(document);
      const apiStages = [{ apiId: api.id, stage: "nope" }];
      const stage = { restApiId: api.id, stageName: "s", deploymentId: "nope" };
      const settings = { restApiId: api.id, stageName: "s", methodPath: "*/*", settings: {} };
      const { id: keyId } = gateway.createApiKey({ name: "k" });
      const { id: usagePlanId } = gateway.createUsagePlan({ name: "p" });
      const failures = [
        [
          () => gateway.createDeployment({ restApiId: "nope" }),
          /: Invalid API identifier specified 123456789012:nope$/,
        ],
        [
          () => {
            gateway.createStage(stage);
          },
          /Deployment id does not exist/,
        ],
        [
          () => {
            gateway.updateMethodSettings(settings);
          },
          /Invalid stage identifier/,
        ],
        [() => gateway.createUsagePlan({ name: "p", apiStages }), /Invalid API Stage \{api: /],
        [() => gateway.createUsagePlanKey({ usagePlanId, keyId: "nope" }), /Invalid API Key/],
        [() => gateway.createUsagePlanKey({ usagePlanId: "nope", keyId }), /Invalid Usage Plan/],
      ] as const;
      for (const [act, message] of failures) {
        assert.throws(act, message);
      }
    }));

  it("refuses what exists already", () =>
    inLab(async ({ gateway }) => {
      const body = JSON.stringify(document);
      const api = await gateway.createRestApi({ id: "aaaaaaaaaa", name: "x", body });
      await assert.rejects(gateway.createRestApi({ id: api.id, name: "x", body }), {
        code: "ConflictException",
      });
      gateway.createApiKey({ name: "k", value: keyValue });
      assert.throws(() => gateway.createApiKey({ name: "k", value: keyValue }), {
        code: "ConflictException",
      });
    }));

  it("generates API keys of 40 characters and refuses short ones", () =>
    inLab(async ({ gateway }) => {
      await Promise.resolve();
      assert.match(gateway.createApiKey({ name: "k" }).value, /^[A-Za-z0-9]{40}$/);
      assert.throws(() => gateway.createApiKey({ name: "k", value: "short" }), /at least 20/);
    }));

  it("checks stage names, access log formats and logging levels", () =>
    inLab(async (lab) => {
      const { api } = await lab.deploy(document);
      const [deploymentId = ""] = api.deployments.keys();
      const stage = { restApiId: api.id, deploymentId, stageName: "s" };
      const destinationArn = "arn:aws:logs:us-east-1:123456789012:log-group:access";
      const bad = [
        { ...stage, stageName: "a b" },
        { ...stage, accessLogSettings: { destinationArn, format: "$context.status" } },
        { ...stage, accessLogSettings: { destinationArn, format: "$context.requestId\nx" } },
      ];
      for (const request of bad) {
        assert.throws(
          () => {
            lab.gateway.createStage(request);
          },
          { code: "BadRequestException" },
        );
      }
      const firehose = destinationArn.replace("logs", "firehose");
      assert.throws(
        () => {
          lab.gateway.createStage({
            ...stage,
            accessLogSettings: { destinationArn: firehose, format: "$context.requestId" },
          });
        },
        { code: "NotImplemented" },
      );
      assert.throws(() => {
        lab.gateway.updateMethodSettings({
          restApiId: api.id,
          stageName: "prod",
          methodPath: "*/*",
          settings: { loggingLevel: "LOUD" as "INFO" },
        });
      }, /logging level/);
    }));

  it("prefers the API key source of the settings to the document's", () =>
    inLab(async ({ gateway }) => {
      const body = JSON.stringify(openApi({}, { "x-amazon-apigateway-api-key-source": "HEADER" }));
      const api = await gateway.createRestApi({ name: "x", body, apiKeySource: "AUTHORIZER" });
      assert.equal(api.definition.apiKeySource, "AUTHORIZER");
      gateway.updateRestApi({ id: api.id, name: "x", body });
      assert.equal(api.definition.apiKeySource, "HEADER");
    }));
});
