import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { assertError, call } from "./support/api";
import { listImages, uploadImage } from "./support/images";
import { useStack } from "./support/use-stack";

describe("an image that is changed", () => {
  const stack = useStack();

  function change(imageId: string, body: unknown, headers: Record<string, string> = {}) {
    return call(stack(), `/images/${imageId}`, {
      method: "PATCH",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  it("has its new name, tags and focal point on every route, and is found by its tags alone", async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    const metadata = await uploadImage(stack(), { userId: "changes", tags: { t: before, a: "b" } });
    const wanted = { imageName: "ü", tags: { t: after }, focalPoint: { x: 0.25, y: 0.75 } };
    const answer = await change(metadata.imageId, wanted);
    assert.equal(answer.status, 200, answer.bytes.toString("utf8"));
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    const fetched = await call(stack(), `/images/${metadata.imageId}`);
    assert.deepEqual(answer.body, fetched.body);
    assert.equal(answer.headers.get("etag"), fetched.headers.get("etag"));
    for (const [name, value] of Object.entries(wanted)) {
      assert.deepEqual((fetched.body.metadata as Record<string, unknown>)[name], value);
    }
    const found = (await listImages(stack(), { tag: `t:${after}` })).images;
    assert.deepEqual(
      found.map(({ imageId }) => imageId),
      [metadata.imageId],
    );
    assert.deepEqual((await listImages(stack(), { tag: `t:${before}` })).images, []);
  });

  it("stays as it is when the client knows another", async () => {
    const { imageId } = await uploadImage(stack(), { userId: "changes" });
    const refused = await change(imageId, { imageName: "no" }, { "if-match": '"other"' });
    assertError(refused, 412, "PreconditionFailed");
    assertError(await change(imageId, { imageName: 1 }), 400, "InvalidRequest");
    assertError(await change(randomUUID(), { imageName: "no" }), 404, "ImageNotFound");
  });
});
