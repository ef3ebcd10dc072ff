import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { RenditionUrls } from "../../handlers/renditions/signing/rendition-urls";
import { type TestKey, testKey } from "../handlers/signing-key";
import { LocalDistribution } from "../../local/tests/aws/cloudfront/support/local-distribution";

const imageId = "0f0e0d0c-0b0a-4908-8706-050403020100";
const [one, two] = [testKey("K1"), testKey("K2")];

/** The keys of a stack as its config lists them: the first signs, all are trusted. */
type Keys = readonly [TestKey, ...TestKey[]];

describe("The rotation of the key that signs URLs", () => {
  let cloudFront: LocalDistribution;
  let urls: RenditionUrls;
  let signing: TestKey;

  beforeEach(() => {
    cloudFront = new LocalDistribution();
    deploy([one]);
    cloudFront.deployBehavior({ trustedKeyGroupIds: ["keys"] });
    const settings = {
      edgeUrl: "https://127.0.0.1:4000",
      renditions: { presets: {}, presetsOnly: false, publicPresets: [] },
      ...{ maxSeconds: 86_400, windowSeconds: 900 },
    };
    urls = new RenditionUrls(
      settings,
      () => Promise.resolve(signing),
      () => cloudFront.now.getTime(),
    );
  });

  function deploy(keys: Keys): void {
    for (const { keyPairId, publicKey } of keys) {
      cloudFront.policies.publicKeys.set(keyPairId, createPublicKey(publicKey));
    }
    cloudFront.policies.setKeyGroup(
      "keys",
      keys.map(({ keyPairId }) => keyPairId),
    );
    [signing] = keys;
  }

  const sign = async (operations: string) => (await urls.url({ imageId, operations })).url;
  const statusOf = async (url: string) =>
    (await cloudFront.get(url.replace(/^https:\/\/[^/]+/, ""))).status;

  it("breaks no URL at any step, until the old key is dropped", async () => {
    const signed = [await sign("thumb")];
    const steps: Keys[] = [
      [one, two],
      [two, one],
    ];
    for (const keys of steps) {
      deploy(keys);
      signed.push(await sign("thumb"), await sign("width-640_format-auto"));
      assert.deepEqual(
        await Promise.all(signed.map(statusOf)),
        signed.map(() => 200),
      );
    }
    deploy([two]);
    const byNew = signed.filter((url) => url.includes("Key-Pair-Id=K2"));
    assert.deepEqual(
      await Promise.all(signed.map(statusOf)),
      signed.map((url) => (byNew.includes(url) ? 200 : 403)),
    );
    assert.equal(byNew.length, 2);
  });

  it("can drop the old key once the last URL of it has ended", async () => {
    const old = await sign("thumb");
    deploy([two, one]);
    cloudFront.now = new Date(cloudFront.now.getTime() + 3600_000 + 900_000);
    assert.equal(await statusOf(old), 403);
    const url = await sign("thumb");
    deploy([two]);
    assert.equal(await statusOf(url), 200);
  });

  it("breaks URLs that are signed before the new key is trusted", async () => {
    signing = two;
    assert.equal(await statusOf(await sign("thumb")), 403);
  });
});
