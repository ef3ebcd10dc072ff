import assert from "node:assert/strict";
import { UrlSigning } from "../../../components/edge/url-signing";
import { type MockedRun, outputValue, runMocked } from "../../support/pulumi";

const keyType = "tls:index/privateKey:PrivateKey";
const publicKeyType = "aws:cloudfront/publicKey:PublicKey";
const groupType = "aws:cloudfront/keyGroup:KeyGroup";
const parameterType = "aws:ssm/parameter:Parameter";

async function create(...keyNames: string[]): Promise<{ run: MockedRun; result: UrlSigning }> {
  return await runMocked(() => new UrlSigning("test", { keyNames }));
}

/** Inputs arrive in the form in which they travel: secret ones as what they hold, and that they are. */
function revealed(value: unknown): unknown {
  return typeof value === "object" && value !== null && "value" in value ? value.value : value;
}

function groupOf(run: MockedRun): unknown {
  return run.inputs(groupType, "test-url-keys").items;
}

/** The id of the key that signs. */
function signingKeyOf(run: MockedRun): unknown {
  const { value } = run.inputs(parameterType, "/url-signing/test");
  return (JSON.parse(String(revealed(value))) as Record<string, unknown>).keyPairId;
}

describe("UrlSigning", () => {
  it("makes an RSA key of 2048 bits, which CloudFront trusts", async () => {
    const { run, result } = await create("1");
    assert.deepEqual(run.inputs(keyType, "test-url-key-1"), { algorithm: "RSA", rsaBits: 2048 });
    assert.equal(run.inputs(publicKeyType, "test-url-key-1").comment, "Signs URLs of images");
    assert.deepEqual(groupOf(run), ["test-url-key-1-id"]);
    assert.equal(await outputValue(result.keyGroup.id), "test-url-keys-id");
  });

  it("keeps the pair that signs in an encrypted parameter of the tier that costs nothing", async () => {
    const { run, result } = await create("1");
    const { value, ...inputs } = run.inputs(parameterType, "/url-signing/test");
    assert.deepEqual(inputs, {
      type: "SecureString",
      description: "Key pair that signs URLs of images",
    });
    assert.equal(signingKeyOf(run), "test-url-key-1-id");
    assert.ok(value);
    assert.equal(await outputValue(result.parameter.name), "/url-signing/test-name");
    assert.equal(
      await outputValue(result.parameter.arn),
      "arn:mock:aws:ssm/parameter:Parameter:/url-signing/test",
    );
  });

  it("rotates in three steps, of which each trusts the key that signs and the one before", async () => {
    const steps = [["old"], ["old", "new"], ["new", "old"], ["new"]];
    const seen = [];
    for (const names of steps) {
      const { run } = await create(...names);
      seen.push([signingKeyOf(run), groupOf(run)]);
    }
    const [older, newer] = ["test-url-key-old-id", "test-url-key-new-id"];
    assert.deepEqual(seen, [
      [older, [older]],
      // CloudFront trusts the new key everywhere before anything is signed with it.
      [older, [newer, older]],
      [newer, [newer, older]],
      [newer, [newer]],
    ]);
  });

  for (const names of [[], ["1", "1"], ["a b"], [""], ["x".repeat(33)]]) {
    it(`refuses the names ${JSON.stringify(names)}`, async () => {
      await assert.rejects(create(...names), /keyNames must have one name at least/);
    });
  }
});
