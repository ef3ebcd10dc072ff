import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { makeImage, makeLargePng } from "../support/images";
import { type Answer, assertError, call, postJson } from "./support/api";
import { metadataOf, tryUpload, type Upload } from "./support/images";
import { putRecord } from "./support/records";
import { storedImages, storedResults } from "./support/stack";
import { useStack } from "./support/use-stack";
import { waitUntil } from "./support/wait-until";

/** Asserts that `second` is `first` once more, byte for byte. */
function assertReplayed(first: Answer, second: Answer): void {
  assert.equal(first.headers.get("idempotency-replayed"), null);
  assert.equal(second.headers.get("idempotency-replayed"), "true");
  assert.equal(second.status, first.status);
  assert.ok(second.bytes.equals(first.bytes), second.bytes.toString("utf8"));
}

describe("a request with an Idempotency-Key", () => {
  const stack = useStack();
  let png: Buffer = Buffer.alloc(0);

  before(async () => {
    png = await makeImage("png");
  });

  function announcement() {
    return { content_type: "image/png", user_id: "e2e-keys", size: png.length };
  }

  it("makes one image, however often it is sent", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const upload = { userId: "e2e-keys", tags: { a: "b" }, image: png, headers };
    const first = await tryUpload(stack(), upload);
    assert.equal(first.status, 201, JSON.stringify(first.body));
    const stored = await storedImages(stack());
    assertReplayed(first, await tryUpload(stack(), upload));
    assertReplayed(first, await tryUpload(stack(), upload));
    assert.deepEqual(await storedImages(stack()), stored);
  });

  it("makes one upload", async () => {
    const key = { "idempotency-key": randomUUID() };
    const first = await postJson(stack(), "/uploads", announcement(), key);
    assert.equal(first.status, 201, JSON.stringify(first.body));
    assertReplayed(first, await postJson(stack(), "/uploads", announcement(), key));
  });

  it("makes one result", async () => {
    const key = { "idempotency-key": randomUUID() };
    const body = { id: "repeated", nested: { list: [1, null, "ü"] } };
    const first = await postJson(stack(), "/process", body, key);
    assert.equal(first.status, 200, JSON.stringify(first.body));
    const stored = await storedResults(stack());
    assertReplayed(first, await postJson(stack(), "/process", body, key));
    assert.deepEqual(await storedResults(stack()), stored);
  });

  it("is the same JSON value, however it is written", async () => {
    const key = { "idempotency-key": randomUUID() };
    const first = await postJson(stack(), "/process", '{"id":"j","n":{"a":1,"b":[1.5,"é"]}}', key);
    assert.equal(first.status, 200, JSON.stringify(first.body));
    const rewritten = '{ "n": {"b":[15e-1, "\\u00e9"], "a": 1.0},\n "id": "j" }';
    assertReplayed(first, await postJson(stack(), "/process", rewritten, key));
    const other = await postJson(stack(), "/process", '{"id":"j","n":{"a":1,"b":["é",1.5]}}', key);
    assertError(other, 422, "IdempotencyKeyReused");
    const upload = { ...announcement(), tags: { a: "1", b: "2" } };
    const created = await postJson(stack(), "/uploads", upload, key);
    const reversed = Object.fromEntries(Object.entries(upload).reverse());
    const tags = { b: "2", a: "1" };
    assertReplayed(created, await postJson(stack(), "/uploads", { ...reversed, tags }, key));
    const image = { user_id: "e2e-keys", content_type: "image/png", tags: upload.tags };
    const image_data = png.toString("base64");
    const stored = await postJson(stack(), "/images", { ...image, image_data }, key);
    assert.equal(stored.status, 201, JSON.stringify(stored.body));
    assertReplayed(stored, await postJson(stack(), "/images", { image_data, ...image, tags }, key));
  });

  it("is the same in a form with another boundary", async () => {
    const key = { "idempotency-key": randomUUID() };
    const send = (boundary: string) => {
      const body = Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="user_id"\r\n\r\n`),
        Buffer.from(`e2e-keys\r\n--${boundary}\r\nContent-Type: image/png\r\n`),
        Buffer.from('Content-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'),
        png,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]);
      const headers = { "content-type": `multipart/form-data; boundary=${boundary}`, ...key };
      return call(stack(), "/images", { method: "POST", headers, body });
    };
    const first = await send("one");
    assert.equal(first.status, 201, JSON.stringify(first.body));
    assertReplayed(first, await send("another"));
  });

  it("is refused with 422 when it asks for something else", async () => {
    const key = { "idempotency-key": randomUUID() };
    const upload = { userId: "e2e-keys", image: png, headers: key };
    assert.equal((await tryUpload(stack(), upload)).status, 201);
    const stored = await storedImages(stack());
    for (const change of [
      { userId: "other" },
      { tags: { a: "b" } },
      { image: await makeLargePng(9) },
    ]) {
      assertError(await tryUpload(stack(), { ...upload, ...change }), 422, "IdempotencyKeyReused");
    }
    assert.deepEqual(await storedImages(stack()), stored);
    await postJson(stack(), "/process", { id: "a" }, key);
    const other = await postJson(stack(), "/process", { id: "b" }, key);
    assertError(other, 422, "IdempotencyKeyReused");
  });

  it("is another request on another route", async () => {
    const key = { "idempotency-key": randomUUID() };
    const processed = await postJson(stack(), "/process", { id: "scoped" }, key);
    const announced = await postJson(stack(), "/uploads", announcement(), key);
    const uploaded = await tryUpload(stack(), { userId: "e2e-keys", image: png, headers: key });
    assert.deepEqual([processed.status, announced.status, uploaded.status], [200, 201, 201]);
  });

  /** Sends one request several times at once. Returns the answers that were refused. */
  async function sendTogether(upload: Upload): Promise<Answer[]> {
    const answers = await Promise.all(Array.from({ length: 4 }, () => tryUpload(stack(), upload)));
    const last = await untilAnswered(upload);
    const refused = answers.filter(({ status }) => status === 409);
    const made = [...answers, last].filter(({ status }) => status === 201);
    assert.equal(made.length + refused.length, answers.length + 1);
    const [imageId, ...others] = new Set(made.map((answer) => metadataOf(answer).imageId));
    assert.deepEqual(others, []);
    assert.equal((await storedImages(stack(), imageId)).length, 2);
    return refused;
  }

  async function untilAnswered(upload: Upload): Promise<Answer> {
    let answer = await tryUpload(stack(), upload);
    await waitUntil(async () => {
      answer = answer.status === 409 ? await tryUpload(stack(), upload) : answer;
      return answer.status !== 409;
    });
    return answer;
  }

  it("is told to try again while it is worked on, and has one effect in the end", async () => {
    const image = await makeLargePng(1_000_000);
    let refused: Answer[] = [];
    // Whether they meet depends on how long each waits for a process of the function.
    await waitUntil(async () => {
      const headers = { "idempotency-key": randomUUID() };
      refused = await sendTogether({ userId: "e2e-keys", image, headers });
      return refused.length > 0;
    });
    for (const answer of refused) {
      assertError(answer, 409, "RequestInProgress");
      assert.equal(answer.headers.get("retry-after"), "1");
    }
  });

  it("that was refused leaves its key to another", async () => {
    const key = { "idempotency-key": randomUUID() };
    const upload = { userId: "e2e-keys", headers: key };
    assertError(await tryUpload(stack(), { ...upload, image: png.subarray(0, 20) }), 415);
    assert.equal((await tryUpload(stack(), { ...upload, image: png })).status, 201);
    const tooLarge = { ...announcement(), size: 104_857_601 };
    assertError(await postJson(stack(), "/uploads", tooLarge, key), 413);
    assert.equal((await postJson(stack(), "/uploads", announcement(), key)).status, 201);
    const id = `e2e-${randomUUID()}`;
    await putRecord(stack(), { id, text: "x".repeat(200_000) });
    const outgrown = { id, more: "y".repeat(100_000) };
    const answer = await postJson(stack(), "/process", outgrown, key);
    assertError(answer, 413, "ResultTooLarge");
    assert.equal((await postJson(stack(), "/process", { id: "small" }, key)).status, 200);
  });

  for (const [what, value] of [
    ["an empty one", ""],
    ["one with a space", "a b"],
    ["one with an umlaut", "\u00fc"],
    ["one of 256 characters", "k".repeat(256)],
  ] as const) {
    it(`is refused with 400 for ${what}`, async () => {
      const key = { "idempotency-key": value };
      const answer = await postJson(stack(), "/process", { id: "a" }, key);
      assertError(answer, 400, "InvalidIdempotencyKey");
      assertError(await tryUpload(stack(), { userId: "e2e-keys", headers: key }), 400);
      assertError(await postJson(stack(), "/uploads", announcement(), key), 400);
    });
  }
});
