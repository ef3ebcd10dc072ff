import assert from "node:assert/strict";

import {
  InvokeCommand,
  LambdaClient,
  ListLayersCommand,
  type InvokeCommandInput,
  type InvokeCommandOutput,
} from "@aws-sdk/client-lambda";

import { LocalLambda } from "./support/local-lambda";

describe("invokeApi", () => {
  let local: LocalLambda;
  let client: LambdaClient;

  beforeEach(async () => {
    local = await LocalLambda.start();
    client = new LambdaClient({
      endpoint: local.lambda.url,
      region: "eu-west-1",
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
    await local.create(`exports.handler = async function (event) {
      console.log("hello");
      if (event.context) return arguments[1].clientContext ?? null;
      if (event.fail) throw new Error("broken");
      return event;
    };`);
  });

  afterEach(async () => {
    client.destroy();
    await local.stop();
  });

  async function invoke(input: Partial<InvokeCommandInput> = {}): Promise<InvokeCommandOutput> {
    return client.send(new InvokeCommand({ FunctionName: "resize", ...input }));
  }

  it("invokes synchronously", async () => {
    const output = await invoke({ Payload: Buffer.from('{"a":1}') });
    assert.equal(output.StatusCode, 200);
    assert.equal(output.Payload?.transformToString(), '{"a":1}');
    assert.equal(output.ExecutedVersion, "$LATEST");
    assert.equal(output.FunctionError, undefined);
  });

  it("tells the error of the function and the tail of its log", async () => {
    const output = await invoke({ Payload: Buffer.from('{"fail":true}'), LogType: "Tail" });
    assert.equal(output.FunctionError, "Unhandled");
    const log = Buffer.from(output.LogResult ?? "", "base64").toString();
    assert.match(
      log,
      /^START RequestId: .*\tINFO\thello\n.*\tERROR\tInvoke Error\t.*REPORT RequestId/s,
    );
  });

  it("tells the function what the client tells of itself", async () => {
    const Payload = Buffer.from('{"context":true}');
    const ClientContext = Buffer.from('{"custom":{"team":"ours"}}').toString("base64");
    const told = await invoke({ Payload, ClientContext });
    assert.equal(told.Payload?.transformToString(), '{"custom":{"team":"ours"}}');
    assert.equal((await invoke({ Payload })).Payload?.transformToString(), "null");
    for (const wrong of ["{", "[]", "1"]) {
      const call = invoke({ Payload, ClientContext: Buffer.from(wrong).toString("base64") });
      await assert.rejects(call, { name: "InvalidRequestContentException" });
    }
  });

  for (const [what, Payload] of [
    ["no JSON", Buffer.from("{")],
    ["no UTF-8", Buffer.from([0x22, 0x87, 0x72, 0x22])],
  ] as const) {
    it(`refuses a payload that is ${what}`, async () => {
      for (const InvocationType of ["RequestResponse", "Event"] as const) {
        await assert.rejects(invoke({ Payload, InvocationType }), {
          name: "InvalidRequestContentException",
          message: /^Could not parse request body into json: Could not parse payload into json: ./,
        });
      }
    });
  }

  it("refuses what it cannot be asked for, as AWS does", async () => {
    for (const [input, at] of [
      [{ InvocationType: "Sync" as "Event" }, "'Sync' at 'invocationType'"],
      [{ LogType: "Head" as "Tail" }, "'Head' at 'logType'"],
      [{ FunctionName: "re size" }, "'re size' at 'functionName'"],
      [{ Qualifier: "a b" }, "'a b' at 'qualifier'"],
    ] as const) {
      await assert.rejects(invoke(input), (error: Error) => {
        assert.equal(error.name, "ValidationException");
        assert.ok(error.message.startsWith(`1 validation error detected: Value ${at}`));
        return true;
      });
    }
  });

  it("queues events", async () => {
    const output = await invoke({ InvocationType: "Event" });
    assert.equal(output.StatusCode, 202);
  });

  it("checks without invoking", async () => {
    const output = await invoke({ InvocationType: "DryRun" });
    assert.equal(output.StatusCode, 204);
    assert.deepEqual(local.lines, []);
  });

  it("takes ARNs and the qualifier $LATEST, and knows no version that was not published", async () => {
    const FunctionName = "arn:aws:lambda:eu-west-1:123456789012:function:resize";
    assert.equal((await invoke({ FunctionName, Qualifier: "$LATEST" })).StatusCode, 200);
    await assert.rejects(invoke({ FunctionName, Qualifier: "live" }), {
      name: "ResourceNotFoundException",
    });
  });

  it("answers the errors of AWS", async () => {
    await assert.rejects(invoke({ FunctionName: "missing" }), {
      name: "ResourceNotFoundException",
      message: "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:missing:$LATEST",
      Type: "User",
    });
    local.refused.add("lambda:InvokeFunction");
    await assert.rejects(invoke({ InvocationType: "DryRun" }), { name: "AccessDeniedException" });
    await assert.rejects(invoke({ Payload: Buffer.alloc(6_291_457, " ") }), {
      name: "RequestEntityTooLargeException",
    });
  });

  it("refuses unsigned requests", async () => {
    const response = await fetch(`${local.lambda.url}/2015-03-31/functions/resize/invocations`, {
      method: "POST",
    });
    assert.equal(response.status, 403);
    assert.equal(response.headers.get("x-amzn-errortype"), "MissingAuthenticationTokenException");
  });

  it("answers 501 to every other operation", async () => {
    await assert.rejects(client.send(new ListLayersCommand()), {
      name: "NotImplemented",
      message: "The local cloud does not emulate GET /2018-10-31/layers of Lambda.",
    });
  });
});
