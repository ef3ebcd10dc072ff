import assert from "node:assert/strict";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import { keptSigningKey } from "../../../../handlers/renditions/signing/signing-key";
import { storedKey, testKey } from "../../signing-key";

const one = testKey("K1");

describe("keptSigningKey", () => {
  let ssm: AwsClientStub<SSMClient>;

  beforeEach(() => {
    ssm = mockClient(SSMClient);
  });

  afterEach(() => {
    ssm.restore();
  });

  const current = () =>
    keptSigningKey(new SSMClient({}), "/keys/1", { warn: () => undefined }).current();

  it("reads the key from its parameter", async () => {
    ssm.on(GetParameterCommand, { Name: "/keys/1" }).resolves(storedKey(one));
    assert.deepEqual(await current(), { keyPairId: "K1", privateKey: one.privateKey });
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
      await assert.rejects(current(), (error: Error) => {
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
