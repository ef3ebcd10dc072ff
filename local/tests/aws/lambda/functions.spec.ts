import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionUrlConfigsCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";

import { Iam } from "../../../aws/iam/iam";
import type { Principal } from "../../../aws/iam/types";
import { signRequest } from "../iam/sign-request";
import { call } from "./support/caller";
import { account, LocalLambda } from "./support/local-lambda";
import { clientOf } from "./support/sdk-client";

const FunctionName = "resize";
const arn = "arn:aws:lambda:eu-west-1:123456789012:function:resize";
const queueArn = "arn:aws:sqs:eu-west-1:123456789012:failures";
const source = `exports.handler = async (event, context) => {
  if (event.fail) throw new Error("no");
  return { arn: context.invokedFunctionArn };
};`;

describe("what is set for a function under one of its names", () => {
  let local: LocalLambda;

  afterEach(async () => {
    await local.stop();
  });

  /** A Lambda with version 1 of `resize`, and the alias `live` of it. */
  async function start(overrides: Parameters<typeof LocalLambda.start>[0] = {}): Promise<void> {
    local = await LocalLambda.start(overrides);
    await local.create(source);
    local.lambda.publishVersion("resize");
    local.lambda.aliases.create({ functionName: "resize", name: "live", version: "1" });
  }

  describe("permissions", () => {
    const references = ["resize", "resize:$LATEST", "resize:1", "resize:live"];
    const action = "lambda:InvokeFunction";
    let dataDir: string;
    let iam: Iam;

    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "functions-"));
      iam = new Iam({ account, dataDir, notify: () => undefined, clock: () => new Date() });
      await start({ authenticator: iam, authorizer: iam });
    });

    afterEach(() => rm(dataDir, { recursive: true }));

    /** What somebody may invoke. */
    function allowedTo(principal: Principal): string[] {
      return references.filter((functionName) => {
        try {
          local.lambda.authorize({ functionName, principal });
          return true;
        } catch (error) {
          assert.equal((error as { code?: string }).code, "AccessDeniedException");
          return false;
        }
      });
    }

    for (const functionName of ["resize", "resize:1", "resize:live"]) {
      it(`of ${functionName} let a service invoke that alone`, () => {
        const service = "s3.amazonaws.com";
        const anybody: Principal = { kind: "service", service };
        assert.deepEqual(allowedTo(anybody), []);
        const permission = { functionName, statementId: "s3", action, principal: service };
        local.lambda.addPermission(permission);
        assert.deepEqual(allowedTo(anybody), [functionName]);
        local.lambda.removePermission(functionName, "s3");
        assert.deepEqual(allowedTo(anybody), []);
      });
    }

    for (const { Resource, references } of [
      { Resource: arn, references: ["resize"] },
      { Resource: `${arn}:live`, references: ["resize:live"] },
      { Resource: `${arn}:*`, references: ["resize:$LATEST", "resize:1", "resize:live"] },
    ]) {
      it(`let a role invoke what its policy names: ${Resource}`, () => {
        const AWS = "arn:aws:iam::123456789012:root";
        const trust = { Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" };
        const { arn: roleArn } = iam.createRole({
          name: "caller",
          assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
        });
        const Statement = { Effect: "Allow", Action: action, Resource };
        const document = JSON.stringify({ Version: "2012-10-17", Statement });
        iam.putRolePolicy("caller", "invoke", document);
        const session = "arn:aws:sts::123456789012:assumed-role/caller/session";
        assert.deepEqual(allowedTo({ kind: "role", arn: session, roleArn }), references);
      });
    }
  });

  describe("as the API tells it", () => {
    let client: LambdaClient;

    beforeEach(async () => {
      await start();
      client = clientOf(local);
    });

    afterEach(() => {
      client.destroy();
    });

    it("is a policy for each qualifier", async () => {
      local.lambda.addPermission({
        functionName: "resize:live",
        statementId: "s3",
        action: "lambda:InvokeFunction",
        principal: "s3.amazonaws.com",
      });
      const { Policy = "" } = await client.send(
        new GetPolicyCommand({ FunctionName, Qualifier: "live" }),
      );
      const { Statement } = JSON.parse(Policy) as { Statement: { Resource: string }[] };
      assert.deepEqual(
        Statement.map(({ Resource }) => Resource),
        [`${arn}:live`],
      );
      for (const Qualifier of [undefined, "1", "$LATEST"]) {
        await assert.rejects(client.send(new GetPolicyCommand({ FunctionName, Qualifier })), {
          name: "ResourceNotFoundException",
          message: "The resource you requested does not exist.",
        });
      }
    });

    it("is what becomes of events for each qualifier", async () => {
      const { lambda } = local;
      lambda.putFunctionEventInvokeConfig("resize:live", { maximumRetryAttempts: 0 });
      lambda.putFunctionEventInvokeConfig("resize", { maximumRetryAttempts: 1 });
      const configOf = (Qualifier?: string) =>
        client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier }));
      const live = await configOf("live");
      assert.deepEqual([live.FunctionArn, live.MaximumRetryAttempts], [`${arn}:live`, 0]);
      const current = await configOf();
      assert.deepEqual([current.FunctionArn, current.MaximumRetryAttempts], [`${arn}:$LATEST`, 1]);
      await assert.rejects(configOf("1"), {
        message: `The function ${arn}:1 doesn't have an EventInvokeConfig`,
      });
      const { FunctionEventInvokeConfigs: all = [] } = await client.send(
        new ListFunctionEventInvokeConfigsCommand({ FunctionName }),
      );
      assert.deepEqual(
        all.map(({ FunctionArn }) => FunctionArn),
        [`${arn}:$LATEST`, `${arn}:live`],
      );
      lambda.deleteFunctionEventInvokeConfig("resize:live");
      await assert.rejects(configOf("live"), { name: "ResourceNotFoundException" });
      assert.equal((await configOf()).MaximumRetryAttempts, 1);
    });

    it("is a URL for each alias", async () => {
      const { lambda } = local;
      for (const functionName of ["resize", "resize:live"]) {
        const url = { functionName, urlId: functionName, config: { authType: "NONE" } } as const;
        await lambda.createFunctionUrlConfig(url);
      }
      const urlOf = (Qualifier?: string) =>
        client.send(new GetFunctionUrlConfigCommand({ FunctionName, Qualifier }));
      const live = await urlOf("live");
      assert.equal(live.FunctionArn, `${arn}:live`);
      const own = await urlOf();
      assert.equal(own.FunctionArn, arn);
      assert.notEqual(own.FunctionUrl, live.FunctionUrl);
      const { FunctionUrlConfigs: all = [] } = await client.send(
        new ListFunctionUrlConfigsCommand({ FunctionName }),
      );
      assert.deepEqual(
        all.map(({ FunctionUrl }) => FunctionUrl),
        [own.FunctionUrl, live.FunctionUrl],
      );
      lambda.deleteAlias("resize", "live");
      await assert.rejects(urlOf("live"), { name: "ResourceNotFoundException" });
      assert.equal((await urlOf()).FunctionUrl, own.FunctionUrl);
    });

    it("ends with its alias, and is not there for another of that name", async () => {
      const { lambda } = local;
      lambda.putFunctionEventInvokeConfig("resize:live", { maximumRetryAttempts: 0 });
      lambda.deleteAlias("resize", "live");
      lambda.aliases.create({ functionName: "resize", name: "live", version: "1" });
      await assert.rejects(
        client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: "live" })),
        { name: "ResourceNotFoundException" },
      );
    });

    it("tells a destination which alias an event was for, and which version was run", async () => {
      local.lambda.putFunctionEventInvokeConfig("resize:live", {
        maximumRetryAttempts: 0,
        onFailure: queueArn,
      });
      const Payload = Buffer.from('{"fail":true}');
      await client.send(
        new InvokeCommand({ FunctionName, Qualifier: "live", InvocationType: "Event", Payload }),
      );
      while (local.sent.length === 0) {
        await sleep(5);
      }
      const [{ requestContext, responseContext }] = local.sent as [
        { requestContext: { functionArn: string }; responseContext: { executedVersion: string } },
      ];
      assert.equal(requestContext.functionArn, `${arn}:live`);
      assert.equal(responseContext.executedVersion, "1");
    });
  });

  it("lets CloudFront in by the URL of an alias, for the permissions of the alias", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "functions-"));
    const iam = new Iam({ account, dataDir, notify: () => undefined, clock: () => new Date() });
    await start({ authenticator: iam, authorizer: iam });
    const principal = "cloudfront.amazonaws.com";
    const sourceArn = "arn:aws:cloudfront::123456789012:distribution/EDFDVBD6EXAMPLE";
    const config = { authType: "AWS_IAM" } as const;
    const url = { functionName: "resize:live", urlId: "abc", config };
    await local.lambda.createFunctionUrlConfig(url);
    const host = await local.lambda.urls.hostOf("resize:live");
    const credentials = iam.serviceCredentials(principal, sourceArn);
    const signing = { credentials, region: account.region, service: "lambda", path: "/" };
    const status = async () => {
      const { headers } = await signRequest({ ...signing, date: new Date(), headers: { host } });
      return call(`http://${host}/`, { headers: headers as Record<string, string> });
    };
    const allow = (functionName: string) => {
      const grant = { functionName, principal, sourceArn };
      const url = { action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" } as const;
      const byUrl = { action: "lambda:InvokeFunction", invokedViaFunctionUrl: true };
      local.lambda.addPermission({ ...grant, ...url, statementId: "url" });
      local.lambda.addPermission({ ...grant, ...byUrl, statementId: "by-url" });
    };
    allow("resize");
    assert.equal((await status()).status, 403);
    allow("resize:live");
    const answer = await status();
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.body), { arn: `${arn}:live` });
    await rm(dataDir, { recursive: true });
  });
});
