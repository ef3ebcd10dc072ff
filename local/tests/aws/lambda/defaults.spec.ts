import assert from "node:assert/strict";

import {
  GetFunctionCodeSigningConfigCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";

import { LocalLambda } from "./support/local-lambda";
import { clientOf } from "./support/sdk-client";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:resize";
const FunctionName = "resize";

describe("what every function has by default", () => {
  let local: LocalLambda;
  let client: LambdaClient;

  before(async () => {
    local = await LocalLambda.start();
    client = clientOf(local);
    await local.create("exports.handler = async () => 1;");
    local.lambda.publishVersion(FunctionName);
    local.lambda.aliases.create({ functionName: FunctionName, name: "live", version: "1" });
  });

  after(async () => {
    client.destroy();
    await local.stop();
  });

  it("is no code signing", async () => {
    for (const name of [FunctionName, arn]) {
      const { $metadata, ...config } = await client.send(
        new GetFunctionCodeSigningConfigCommand({ FunctionName: name }),
      );
      assert.equal($metadata.httpStatusCode, 200);
      assert.deepEqual(config, {});
    }
  });

  it("is the end of recursive loops, for all versions", async () => {
    const recursionOf = async (name: string) =>
      (await client.send(new GetFunctionRecursionConfigCommand({ FunctionName: name })))
        .RecursiveLoop;
    assert.equal(await recursionOf(FunctionName), "Terminate");
    assert.equal(await recursionOf(arn), "Terminate");
    await assert.rejects(recursionOf(`${FunctionName}:1`), {
      name: "ValidationException",
      message: /'resize:1' at 'functionName' .*\(\[a-zA-Z0-9-_\]\+\)$/,
    });
  });

  it("is updates of the runtime as AWS has them, for each version", async () => {
    const runtimeOf = async (Qualifier?: string) => {
      const command = new GetRuntimeManagementConfigCommand({ FunctionName, Qualifier });
      const { $metadata: _, ...config } = await client.send(command);
      return config;
    };
    const auto = { UpdateRuntimeOn: "Auto" };
    assert.deepEqual(await runtimeOf(), { ...auto, FunctionArn: arn });
    assert.deepEqual(await runtimeOf("1"), { ...auto, FunctionArn: `${arn}:1` });
    await assert.rejects(runtimeOf("live"), { name: "InvalidParameterValueException" });
    await assert.rejects(runtimeOf("2"), {
      name: "ResourceNotFoundException",
      message: `Function not found: ${arn}:2`,
    });
  });

  for (const [action, command] of [
    ["GetFunctionCodeSigningConfig", GetFunctionCodeSigningConfigCommand],
    ["GetFunctionRecursionConfig", GetFunctionRecursionConfigCommand],
    ["GetRuntimeManagementConfig", GetRuntimeManagementConfigCommand],
  ] as const) {
    it(`is shown by ${action} to who may see it, of a function that there is`, async () => {
      const show = (name: string) => client.send(new command({ FunctionName: name }) as never);
      await assert.rejects(show("none"), {
        name: "ResourceNotFoundException",
        message: `Function not found: ${arn.replace("resize", "none")}`,
      });
      local.refused.add(`lambda:${action}`);
      await assert.rejects(show(FunctionName), { name: "AccessDeniedException" });
      assert.equal(local.asked.at(-1)?.resource, arn);
      local.refused.clear();
    });
  }
});
