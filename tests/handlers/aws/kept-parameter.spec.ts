import assert from "node:assert/strict";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import type { Kept } from "../../../handlers/aws/kept";
import { keptParameter, refreshAfter, retryAfter } from "../../../handlers/aws/kept-parameter";

describe("keptParameter", () => {
  let ssm: AwsClientStub<SSMClient>;
  let now: number;
  let warnings: unknown[][];
  let length: Kept<number>;

  beforeEach(() => {
    ssm = mockClient(SSMClient);
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: "one" } });
    now = 0;
    warnings = [];
    const parameter = {
      name: "/texts/1",
      what: "the text",
      holds: "a text",
      read: (text: string) => text.length || undefined,
    };
    const logger = { warn: (...line: unknown[]) => void warnings.push(line) };
    length = keptParameter(new SSMClient({}), parameter, logger, () => now);
  });

  afterEach(() => {
    ssm.restore();
  });

  const calls = () => ssm.commandCalls(GetParameterCommand);

  it("reads the parameter decrypted, once for all that ask in five minutes", async () => {
    assert.deepEqual(await Promise.all([length.current(), length.current()]), [3, 3]);
    now = refreshAfter - 1;
    assert.equal(await length.current(), 3);
    assert.deepEqual(
      calls().map(({ args }) => args[0].input),
      [{ Name: "/texts/1", WithDecryption: true }],
    );
  });

  it("reads it again after five minutes, so that a rotation comes through", async () => {
    await length.current();
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: "three" } });
    now = refreshAfter;
    assert.equal(await length.current(), 5);
    assert.equal(calls().length, 2);
  });

  it("keeps what it held where it cannot be read again, says so, and tries again later", async () => {
    await length.current();
    const error = new Error("throttled");
    ssm.on(GetParameterCommand).rejects(error);
    now = refreshAfter;
    assert.equal(await length.current(), 3);
    assert.deepEqual(warnings, [["the text could not be read again", error]]);
    now += retryAfter - 1;
    await length.current();
    assert.equal(calls().length, 2);
    now += 1;
    await length.current();
    assert.equal(calls().length, 3);
  });

  for (const [what, Value] of Object.entries({ "something else": "", nothing: undefined })) {
    it(`fails where the parameter holds ${what}, and tries again at the next request`, async () => {
      ssm.on(GetParameterCommand).resolvesOnce({ Parameter: { Value } });
      await assert.rejects(length.current(), {
        message: "The parameter /texts/1 does not hold a text.",
      });
      ssm.on(GetParameterCommand).resolves({ Parameter: { Value: "one" } });
      assert.equal(await length.current(), 3);
    });
  }
});
