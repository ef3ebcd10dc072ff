import assert from "node:assert/strict";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import {
  refreshAfter,
  retryAfter,
  SigningKeys,
} from "../../../../handlers/shared/signing/signing-key";
import { storedKey, testKey } from "../../signing-key";

const [one, two] = [testKey("K1"), testKey("K2")];

describe("SigningKeys", () => {
  let ssm: AwsClientStub<SSMClient>;
  let now: number;
  let warnings: unknown[][];
  let keys: SigningKeys;

  beforeEach(() => {
    ssm = mockClient(SSMClient);
    ssm.on(GetParameterCommand).resolves(storedKey(one));
    now = 0;
    warnings = [];
    const logger = { warn: (...line: unknown[]) => void warnings.push(line) };
    keys = new SigningKeys(new SSMClient({}), "/keys/1", logger, () => now);
  });

  afterEach(() => {
    ssm.restore();
  });

  const calls = () => ssm.commandCalls(GetParameterCommand);
  const current = async () => (await keys.current()).keyPairId;

  it("reads the parameter decrypted, once for all that ask in five minutes", async () => {
    const [first, second] = await Promise.all([keys.current(), keys.current()]);
    assert.deepEqual(first, { keyPairId: "K1", privateKey: one.privateKey });
    assert.equal(second, first);
    now = refreshAfter - 1;
    assert.equal(await keys.current(), first);
    assert.deepEqual(
      calls().map(({ args }) => args[0].input),
      [{ Name: "/keys/1", WithDecryption: true }],
    );
  });

  it("reads it again after five minutes, so that a rotation comes through", async () => {
    assert.equal(await current(), "K1");
    ssm.on(GetParameterCommand).resolves(storedKey(two));
    now = refreshAfter;
    assert.equal(await current(), "K2");
    assert.equal(calls().length, 2);
  });

  it("keeps the key where it cannot be read again, says so, and tries again later", async () => {
    await current();
    const error = new Error("throttled");
    ssm.on(GetParameterCommand).rejects(error);
    now = refreshAfter;
    assert.equal(await current(), "K1");
    assert.deepEqual(warnings, [["the signing key could not be read again", error]]);
    now += retryAfter - 1;
    assert.equal(await current(), "K1");
    assert.equal(calls().length, 2);
    ssm.on(GetParameterCommand).resolves(storedKey(two));
    now += 1;
    assert.equal(await current(), "K2");
  });

  it("fails where there has never been a key, and tries again at the next request", async () => {
    ssm.on(GetParameterCommand).rejectsOnce(new Error("down")).resolves(storedKey(one));
    await assert.rejects(keys.current(), /down/);
    assert.equal(await current(), "K1");
    assert.deepEqual(warnings, []);
  });

  for (const [what, Value] of Object.entries({
    "no JSON": "secret",
    "no object": '"secret"',
    "no id": JSON.stringify({ privateKey: one.privateKey }),
    "an empty id": JSON.stringify({ keyPairId: "", privateKey: one.privateKey }),
    "no PEM": JSON.stringify({ keyPairId: "K1", privateKey: "secret" }),
    nothing: undefined,
  })) {
    it(`takes a parameter that holds ${what} for a failure, and does not tell what it holds`, async () => {
      ssm.on(GetParameterCommand).resolves({ Parameter: { Value } });
      await assert.rejects(keys.current(), (error: Error) => {
        assert.equal(
          error.message,
          "The parameter /keys/1 does not hold JSON with keyPairId and privateKey.",
        );
        assert.equal(error.cause, undefined);
        return true;
      });
    });
  }
});
