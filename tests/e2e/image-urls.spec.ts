import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { makeImage } from "../support/images";
import { assertError, assertNotLetIn, call } from "./support/api";
import { uploadImage } from "./support/images";
import { useStack } from "./support/use-stack";

/** Parameters by which CloudFront knows who signed a URL, and until when it works. */
const signature = ["Expires", "Key-Pair-Id", "Signature", "Hash-Algorithm"];

describe("URLs of renditions", () => {
  const stack = useStack();
  const userId = `e2e-urls-${randomUUID()}`;
  let imageId: string;

  before(async () => {
    const image = await makeImage("jpeg");
    ({ imageId } = await uploadImage(stack(), { image, contentType: "image/jpeg", userId }));
  });

  const get = (query = "") => call(stack(), `/images/${imageId}/url${query}`);

  it("are signed for the normal form of the operations, for an hour at least", async () => {
    const { status, body, headers } = await get("?height=48&format=webp&fit=cover&width=64");
    assert.equal(status, 200, JSON.stringify(body));
    const url = new URL(String(body.url));
    assert.equal(url.pathname, `/i/${imageId}/width-64_height-48_format-webp`);
    assert.deepEqual([...url.searchParams.keys()], signature);
    const expires = Number(url.searchParams.get("Expires"));
    assert.equal(body.expiresAt, new Date(expires * 1000).toISOString());
    assert.ok(expires > Date.now() / 1000 + 3500);
    assert.equal(headers.get("cache-control"), "private, no-store");
  });

  it("are the same for equal requests, within a window", async () => {
    const [one, other] = [await get("?width=64&height=48"), await get("?height=48&width=64")];
    // A window may have ended between the two.
    const again =
      one.body.expiresAt === other.body.expiresAt ? one : await get("?width=64&height=48");
    assert.equal(again.body.url, other.body.url);
  });

  it("tell the name of a download", async () => {
    const { body } = await get("?preset=thumb&contentDisposition=attachment&fileName=a%20b.jpg");
    const url = new URL(String(body.url));
    assert.equal(url.pathname, `/i/${imageId}/thumb`);
    assert.equal(url.searchParams.get("download"), "a b.jpg");
  });

  it("are had by HEAD as by GET, without the body", async () => {
    const answer = await call(stack(), `/images/${imageId}/url?preset=thumb`, { method: "HEAD" });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, {});
  });

  it("are added to an image, and to every image of a list", async () => {
    const one = await call(stack(), `/images/${imageId}?preset=thumb,large`);
    const list = await call(stack(), `/images?userId=${userId}&preset=thumb,large`);
    const [listed] = list.body.images as { urls?: Record<string, string> }[];
    for (const urls of [one.body.urls, listed?.urls] as Record<string, string>[]) {
      assert.deepEqual(Object.keys(urls), ["thumb", "large"]);
      for (const [preset, url] of Object.entries(urls)) {
        assert.equal(new URL(url).pathname, `/i/${imageId}/${preset}`);
      }
    }
    assert.equal(one.status, 200);
  });

  for (const query of [
    "?widht=1",
    "?width=0",
    "?width=NaN",
    "?width=10000&height=10000",
    "?width=1e2",
    "?width=-1",
    "?quality=101",
    "?crop=0,0,0,0",
    "?fit=cover&width=1",
    "?format=png&quality=50",
    "?gravity=2,0&width=1&height=1",
    "?width=1&width=1",
    "?preset=huge",
    "?preset=thumb&width=1",
    "?expires=0",
    "?expires=999999999",
    "?contentDisposition=x",
    "?fileName=x",
  ]) {
    it(`are refused for ${query}`, async () => {
      assertError(await get(query), 400, "InvalidRequest");
    });
  }

  it("are refused for too many pixels", async () => {
    assertError(await get("?width=8192&height=8192"), 413, "RenditionTooLarge");
  });

  it("are refused for an image that there is not", async () => {
    assertError(await call(stack(), `/images/${randomUUID()}/url`), 404, "ImageNotFound");
  });

  it("are refused without an API key", async () => {
    const answer = await call(stack(), `/images/${imageId}/url`, { apiKey: null });
    assertNotLetIn(stack(), answer, "none");
  });
});
