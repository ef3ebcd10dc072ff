import assert from "node:assert/strict";
import {
  RenditionUrls,
  type UrlSettings,
} from "../../../../handlers/renditions/signing/rendition-urls";
import { testKey, verifiedUrl } from "../../signing-key";

const imageId = "0f0e0d0c-0b0a-4908-8706-050403020100";
const key = testKey("K1");
const settings: UrlSettings = {
  edgeUrl: "https://d111111abcdef8.cloudfront.net",
  renditions: {
    presets: { thumb: "width-240_format-auto", open: "width-100_format-auto" },
    presetsOnly: false,
    publicPresets: ["open"],
  },
  maxSeconds: 86_400,
  windowSeconds: 900,
};

describe("RenditionUrls", () => {
  let now: number;
  let urls: RenditionUrls;

  beforeEach(() => {
    now = Date.parse("2030-01-31T12:00:00Z");
    urls = make();
  });

  function make(change: Partial<UrlSettings> = {}): RenditionUrls {
    return new RenditionUrls(
      { ...settings, ...change },
      () => Promise.resolve(key),
      () => now,
    );
  }

  const operations = "width-640_height-480_gravity-0.25x0.75_format-auto";

  it("signs the path and nothing else, for an hour", async () => {
    const { url, expiresAt } = await urls.url({ imageId, operations });
    assert.deepEqual(verifiedUrl(url, key), {
      resource: `https://d111111abcdef8.cloudfront.net/i/${imageId}/${operations}`,
      expires: Date.parse("2030-01-31T13:00:00Z") / 1000,
    });
    assert.equal(expiresAt, "2030-01-31T13:00:00.000Z");
  });

  it("gives equal requests of a window one URL, that works for as long as was asked for at least", async () => {
    const request = { imageId, operations, expires: 1 };
    now += 1;
    const first = await urls.url(request);
    now = Date.parse("2030-01-31T12:14:58Z");
    assert.deepEqual(await urls.url(request), first);
    assert.equal(first.expiresAt, "2030-01-31T12:15:00.000Z");
    now = Date.parse("2030-01-31T12:14:59.001Z");
    const { url, expiresAt } = await urls.url(request);
    assert.notEqual(url, first.url);
    assert.equal(expiresAt, "2030-01-31T12:30:00.000Z");
  });

  for (const [windowSeconds, expires, expected] of [
    [1, 1, "2030-01-31T12:00:01.000Z"],
    [900, 900, "2030-01-31T12:15:00.000Z"],
    [900, 901, "2030-01-31T12:30:00.000Z"],
    [86_400, 1, "2030-02-01T00:00:00.000Z"],
    [900, 86_400, "2030-02-01T12:00:00.000Z"],
  ] as const) {
    it(`ends with the window of ${windowSeconds} s that ${expires} s end in`, async () => {
      const signer = make({ windowSeconds });
      assert.equal((await signer.url({ imageId, operations, expires })).expiresAt, expected);
    });
  }

  it("signs for less than an hour where that is the most", async () => {
    const signer = make({ maxSeconds: 60, windowSeconds: 1 });
    const { expiresAt } = await signer.url({ imageId, operations });
    assert.equal(expiresAt, "2030-01-31T12:01:00.000Z");
  });

  for (const [name, encoded] of Object.entries({
    "cat.jpg": "cat.jpg",
    "a b+c&d=e%.png": "a%20b%2Bc%26d%3De%25.png",
    "猫 (1)'s*!~.gif": "%E7%8C%AB%20(1)%27s*!~.gif",
    "Signature=x&Expires=1": "Signature%3Dx%26Expires%3D1",
  })) {
    it(`signs the download of "${name}" as part of the URL`, async () => {
      const { url } = await urls.url({ imageId, operations, download: name });
      const { resource } = verifiedUrl(url, key);
      assert.equal(
        resource,
        `https://d111111abcdef8.cloudfront.net/i/${imageId}/${operations}?download=${encoded}`,
      );
      assert.equal(new URL(url).searchParams.get("download"), name);
    });
  }

  it("leaves the URL of a public preset unsigned and without an end", async () => {
    assert.deepEqual(await urls.url({ imageId, operations: "open" }), {
      url: `https://d111111abcdef8.cloudfront.net/i/${imageId}/open`,
    });
    const { url } = await urls.url({ imageId, operations: "open", download: "n" });
    assert.equal(url, `https://d111111abcdef8.cloudfront.net/i/${imageId}/open?download=n`);
  });

  it("signs what a public preset stands for, where it is not asked for by its name", async () => {
    const { url } = await urls.url({ imageId, operations: "width-100_format-auto" });
    verifiedUrl(url, key);
  });

  it("gives URLs by preset, without a key where none needs it", async () => {
    const byPreset = await urls.byPreset(imageId, ["thumb", "open"]);
    assert.deepEqual(Object.keys(byPreset), ["thumb", "open"]);
    const { resource } = verifiedUrl(byPreset.thumb ?? "", key);
    assert.equal(resource, `https://d111111abcdef8.cloudfront.net/i/${imageId}/thumb`);
    const keyless = new RenditionUrls(settings, () => assert.fail("no key is needed"));
    assert.deepEqual(Object.keys(await keyless.byPreset(imageId, ["open"])), ["open"]);
  });
});
