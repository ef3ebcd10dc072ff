import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { makeImage } from "../../support/images";
import { type Answer, call, type Call, postJson } from "../support/api";
import { createUpload, outcomeOf, sendImage } from "../support/direct-uploads";
import { listImages, type Metadata, tryUpload, uploadImage } from "../support/images";
import { putRecord } from "../support/records";
import { signUrl, view } from "../support/renditions";
import { type Stack, storedImages, withToken } from "../support/stack";
import { useIssuerStack } from "./support/issuer-stack";
import { imageFields, newUsers } from "./support/things";

const tags = { album: `summer-${randomUUID()}` };
const tag = `album:${tags.album}`;

describe("what is another user's", function () {
  this.timeout(60_000);
  const stack = useIssuerStack();
  const users = newUsers();
  let ada: Stack;
  let bob: Stack;
  let images: Record<"ada" | "bob", Metadata>;
  let png: Buffer;

  before(async () => {
    ada = withToken(stack(), await stack().token(users.ada));
    bob = withToken(stack(), await stack().token(users.bob));
    png = await makeImage("png");
    images = {
      ada: await uploadImage(ada, { userId: users.ada, tags }),
      bob: await uploadImage(bob, { userId: users.bob, tags }),
    };
    await uploadImage(ada, { userId: users.ada, tags });
  });

  function assertCode({ status, body }: Answer, expected: number, code: string): void {
    assert.deepEqual([status, body.code], [expected, code], JSON.stringify(body));
  }

  /** Requests that name a user: in which way, and how. */
  async function naming(userId: string): Promise<Record<string, [path: string, call: Call]>> {
    const json = (fields: object): Call => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
    });
    const form = (field: string): Call => {
      const body = new FormData();
      body.append("image", new Blob([new Uint8Array(png)], { type: "image/png" }), "a.png");
      body.append(field, userId);
      return { method: "POST", body };
    };
    const raw: Call = { method: "POST", headers: { "content-type": "image/png" }, body: png };
    const { image_data: data, content_type: contentType } = await imageFields();
    const query = (field: string) => `${field}=${userId}`;
    return {
      "JSON, user_id": ["/images", json({ ...(await imageFields()), user_id: userId })],
      "JSON, userId": ["/images", json({ imageData: data, contentType, userId })],
      "a form, user_id": ["/images", form("user_id")],
      "a form, userId": ["/images", form("userId")],
      "a query, user_id": [`/images?${query("user_id")}`, raw],
      "a query, userId": [`/images?${query("userId")}`, raw],
      "an announcement, user_id": [
        "/uploads",
        json({ content_type: "image/png", size: 3, user_id: userId }),
      ],
      "an announcement, userId": ["/uploads", json({ contentType: "image/png", size: 3, userId })],
      "a list, user_id": [`/images?${query("user_id")}`, {}],
      "a list, userId": [`/images?${query("userId")}`, {}],
      "a list by tag": [`/images?${query("userId")}&tag=${tag}`, {}],
      "a list of similar images": [
        `/images?${query("userId")}&similarTo=${images.bob.imageId}`,
        {},
      ],
    };
  }

  it("cannot be named in bodies and queries, and nothing is stored", async () => {
    const before = await storedImages(stack());
    for (const [name, [path, request]] of Object.entries(await naming(users.ada))) {
      const answer = await call(bob, path, request);
      assertCode(answer, 403, "NotYourUser");
      assert.ok(!answer.bytes.includes(users.ada), name);
      assert.equal(answer.headers.get("vary"), "Origin", name);
    }
    assert.deepEqual(await storedImages(stack()), before);
  });

  it("cannot be named beside the own, in no order and no spelling", async () => {
    const before = await storedImages(stack());
    const raw: Call = { method: "POST", headers: { "content-type": "image/png" }, body: png };
    const { ada: other, bob: own } = users;
    for (const query of [
      `userId=${own}&userId=${other}`,
      `userId=${other}&userId=${own}`,
      `userId=${own}&user_id=${other}`,
      `user_id=${own}&userId=${other}`,
      `userId=${own}%00${other}`,
    ]) {
      for (const request of [raw, {}]) {
        const { status } = await call(bob, `/images?${query}`, request);
        assert.ok(status === 400 || status === 403, `${query}: ${status}`);
      }
    }
    assert.deepEqual(await storedImages(stack()), before);
  });

  it("is not in lists, by tag or without", async () => {
    const own = (await listImages(bob, {})).images.map(({ imageId }) => imageId);
    assert.deepEqual(own, [images.bob.imageId]);
    assert.deepEqual((await listImages(bob, { tag })).images, [images.bob]);
    assert.equal((await listImages(ada, { tag })).images.length, 2);
    assertCode(await call(bob, `/images?similarTo=${images.ada.imageId}`), 404, "ImageNotFound");
  });

  it("is not gone through by another's cursor", async () => {
    const queries: Record<string, string>[] = [{}, { tag }];
    for (const query of queries) {
      const { nextCursor } = await listImages(ada, { ...query, limit: "1" });
      const page = (user: Stack, cursor: string) =>
        call(user, `/images?${new URLSearchParams({ ...query, cursor }).toString()}`);
      assert.equal((await page(ada, nextCursor)).status, 200);
      const forged = await page(bob, `${nextCursor.slice(0, -4)}AAAA`);
      const foreign = await page(bob, nextCursor);
      for (const answer of [forged, foreign]) {
        assertCode(answer, 400, "InvalidCursor");
        assert.equal(answer.body.error, forged.body.error);
      }
      const named = await call(bob, `/images?userId=${users.ada}&cursor=${nextCursor}`);
      assertCode(named, 403, "NotYourUser");
    }
  });

  it("is not replayed to who knows its Idempotency-Key", async () => {
    const key = { "idempotency-key": randomUUID() };
    const requests: ((user: Stack) => Promise<Answer>)[] = [
      (user) => postJson(user, "/uploads", { contentType: "image/png", size: 3 }, key),
      async (user) => postJson(user, "/images", await imageFields(), key),
      (user) => postJson(user, "/process", { id: "replayed" }, key),
    ];
    for (const send of requests) {
      const first = await send(ada);
      const other = await send(bob);
      assert.ok(first.status < 300 && other.status === first.status, JSON.stringify(other.body));
      assert.equal(other.headers.get("idempotency-replayed"), null);
      assert.notDeepEqual(other.body, first.body);
      for (const [user, answer] of [
        [ada, first],
        [bob, other],
      ] as const) {
        const again = await send(user);
        assert.equal(again.headers.get("idempotency-replayed"), "true");
        assert.deepEqual(again.body, answer.body);
      }
    }
  });

  it("is replayed to pages by their own origins", async () => {
    const key = { "idempotency-key": randomUUID() };
    const { allowed, other } = stack().origins;
    const send = (origin: string) =>
      postJson(ada, "/process", { id: "origins" }, { ...key, origin });
    const origins: (string | null)[] = [];
    for (const origin of ["https://app.example.com", allowed, other]) {
      origins.push((await send(origin)).headers.get("access-control-allow-origin"));
    }
    assert.deepEqual(origins, ["https://app.example.com", allowed, null]);
  });

  it("is no upload, but goes on to be the other's", async () => {
    const created = await createUpload(ada, { user_id: users.ada, size: png.length });
    const { uploadId } = created;
    assertCode(await call(bob, `/uploads/${uploadId}`), 404, "UploadNotFound");
    const removed = await call(bob, `/images/${uploadId}`, { method: "DELETE" });
    assertCode(removed, 404, "ImageNotFound");
    assert.equal((await sendImage(created, png)).status, 204);
    assert.equal((await outcomeOf(ada, created)).status, "ready");
    assertCode(await call(bob, `/uploads/${uploadId}`), 404, "UploadNotFound");
    assertCode(await call(bob, `/images/${uploadId}`), 404, "ImageNotFound");
  });

  it("cannot be written to by a form that was changed", async () => {
    const [own, other] = [
      await createUpload(bob, { user_id: users.bob, size: png.length }),
      await createUpload(ada, { user_id: users.ada, size: png.length }),
    ];
    const { fields } = own.upload;
    const changes: Record<string, string>[] = [
      { key: other.upload.fields.key ?? "" },
      { key: images.ada.key },
      { Policy: other.upload.fields.Policy ?? "" },
      { "x-amz-meta-user": users.ada },
    ];
    for (const change of changes) {
      const upload = { ...own.upload, fields: { ...fields, ...change } };
      const { status } = await sendImage({ ...own, upload }, png);
      assert.equal(status, 403, JSON.stringify(change));
    }
    assert.equal((await call(ada, `/uploads/${other.uploadId}`)).body.status, "pending");
    const content = await call(ada, `/images/${images.ada.imageId}`);
    assert.deepEqual(content.body.metadata, images.ada);
  });

  it("is not at the edge, by a URL of the own with another id, or without a signature", async () => {
    const own = await signUrl(bob, images.bob.imageId, "?width=20");
    assert.equal((await view(stack(), own)).status, 200);
    const changed = own.replace(images.bob.imageId, images.ada.imageId);
    assert.notEqual(changed, own);
    const [unsigned = ""] = changed.split("?");
    for (const url of [changed, unsigned]) {
      const { status, body } = await view(stack(), url);
      assert.deepEqual([status, body.code], [403, "InvalidSignature"]);
    }
    const refused = await call(bob, `/images/${images.ada.imageId}/url?width=20`);
    assertCode(refused, 404, "ImageNotFound");
  });

  it("is not merged into the results of others", async () => {
    const id = `record-${randomUUID()}`;
    await putRecord(stack(), { id, userId: users.ada, color: "red" });
    const processed = async (user: Stack) => {
      const { status, body } = await postJson(user, "/process", { id });
      assert.equal(status, 200);
      return (body.processedData as Record<string, unknown>).color;
    };
    assert.equal(await processed(ada), "red");
    assert.equal(await processed(bob), undefined);
    for (const field of ["userId", "user_id"]) {
      const refused = await postJson(bob, "/process", { id, [field]: users.ada });
      assertCode(refused, 403, "NotYourUser");
    }
  });

  it("counts for its user alone", async () => {
    const counts = async (user: Stack) => (await call(user, "/me")).body.images;
    const before = [await counts(ada), await counts(bob)];
    const { status } = await tryUpload(bob, { userId: users.bob });
    assert.equal(status, 201);
    const [ofAda, ofBob] = before as { count: number }[];
    assert.deepEqual(await counts(ada), ofAda);
    assert.deepEqual(await counts(bob), { count: (ofBob?.count ?? 0) + 1 });
  });
});
