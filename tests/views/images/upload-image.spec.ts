import { strict as assert } from "node:assert";
import { ApiFailure } from "../../../views/images/api-failure";
import { ImagesApi } from "../../../views/images/images-api";
import type { Answer, Sent } from "../../../views/images/transport";
import { uploadImage, type UploadOrder } from "../../../views/images/upload-image";

const form = { url: "http://s3/bucket", fields: { key: "uploads/7", policy: "p" } };

/** Uploads an image of `bytes` to a stack that answers as told, by method and path. */
function upload(
  bytes: number,
  answers: Record<string, Answer | Answer[]>,
  controller = new AbortController(),
) {
  const sent: Sent[] = [];
  const steps: string[] = [];
  const send = (request: Sent): Promise<Answer> => {
    sent.push(request);
    request.onProgress?.(0.5);
    const found = answers[`${request.method} ${new URL(request.url).pathname}`];
    const answer = Array.isArray(found) ? found.shift() : found;
    return answer ? Promise.resolve(answer) : Promise.reject(new Error(`asked for ${request.url}`));
  };
  const order: UploadOrder = {
    body: new Blob([new Uint8Array(bytes)]),
    contentType: "image/png",
    imageName: "harbour.png",
    userId: "ada",
    idempotencyKey: "once",
    signal: controller.signal,
    onProgress: (part) => steps.push(`sent ${part}`),
  };
  const tools = {
    api: new ImagesApi("http://api/v1", () => Promise.resolve({}), send),
    send,
    maxApiBytes: 100,
    pause: (milliseconds: number, signal: AbortSignal) => {
      steps.push(`waited ${milliseconds}`);
      signal.throwIfAborted();
      return Promise.resolve();
    },
  };
  const result = uploadImage(tools, order);
  return { result, sent, steps };
}

const json = (status: number, body: unknown): Answer => ({ status, body: JSON.stringify(body) });

const created = json(201, {
  uploadId: "7",
  status: "pending",
  upload: { ...form, method: "POST" },
});

describe("uploading an image", () => {
  it("sends what is small enough as the body of one request, safe to be repeated", async () => {
    const { result, sent, steps } = upload(100, {
      "POST /v1/images": json(201, { imageId: "1", metadata: { imageId: "1" } }),
    });
    assert.equal(await result, "1");
    assert.equal(sent[0]?.url, "http://api/v1/images?imageName=harbour.png&userId=ada");
    assert.deepEqual(sent[0].headers, { "content-type": "image/png", "idempotency-key": "once" });
    assert.equal((sent[0].body as Blob).size, 100);
    assert.deepEqual(steps, ["sent 0.5"]);
  });

  it("sends what is larger by a form, in which the image is the last field, and asks until it is ready", async () => {
    const { result, sent, steps } = upload(101, {
      "POST /v1/uploads": created,
      "POST /bucket": { status: 204, body: "" },
      "GET /v1/uploads/7": [
        json(200, { status: "pending" }),
        json(200, { status: "pending" }),
        json(200, { status: "ready", imageId: "7" }),
      ],
    });
    assert.equal(await result, "7");
    assert.deepEqual(JSON.parse(sent[0]?.body as string), {
      contentType: "image/png",
      imageName: "harbour.png",
      userId: "ada",
      size: 101,
    });
    const fields = [...(sent[1]?.body as FormData).entries()];
    assert.deepEqual(
      fields.map(([name]) => name),
      ["key", "policy", "file"],
    );
    assert.deepEqual(steps, ["sent 0.5", "sent 1", "waited 200", "waited 400"]);
    // It goes to the bucket, which is to see neither key nor token.
    assert.equal(sent[1]?.headers, undefined);
  });

  it("asks until it is ready for what is scanned first, however it was sent", async () => {
    const { result, steps } = upload(100, {
      "POST /v1/images": json(202, { uploadId: "7", status: "pending" }),
      "GET /v1/uploads/7": [
        json(200, { status: "pending" }),
        json(200, { status: "ready", imageId: "7" }),
      ],
    });
    assert.equal(await result, "7");
    assert.deepEqual(steps, ["sent 0.5", "waited 200"]);
  });

  it("asks again where it is not told, up to five times in a row", async () => {
    const lost = (times: number) =>
      Array.from({ length: times }, () => json(500, { error: "No." }));
    const pending = json(200, { status: "pending" });
    const ready = json(200, { status: "ready", imageId: "7" });
    const uploaded = (asked: Answer[]) =>
      upload(100, {
        "POST /v1/images": json(202, { uploadId: "7", status: "pending" }),
        "GET /v1/uploads/7": asked,
      }).result;
    assert.equal(await uploaded([...lost(5), pending, ...lost(5), ready]), "7");
    await assert.rejects(uploaded([...lost(6), ready]), { status: 500 });
    await assert.rejects(uploaded([json(404, { error: "None." }), ready]), { status: 404 });
  });

  it("can be given up at each of its requests that take time", async () => {
    const controller = new AbortController();
    const { result, sent } = upload(
      101,
      {
        "POST /v1/uploads": created,
        "POST /bucket": { status: 204, body: "" },
        "GET /v1/uploads/7": json(200, { status: "ready", imageId: "7" }),
      },
      controller,
    );
    await result;
    assert.deepEqual(
      sent.map(({ signal }) => signal === controller.signal),
      [true, true, false],
    );
  });

  it("waits two seconds at most between two questions", async () => {
    const pending = Array.from({ length: 6 }, () => json(200, { status: "pending" }));
    const { result, steps } = upload(101, {
      "POST /v1/uploads": created,
      "POST /bucket": { status: 204, body: "" },
      "GET /v1/uploads/7": [...pending, json(200, { status: "ready", imageId: "7" })],
    });
    await result;
    assert.deepEqual(steps.slice(-3), ["waited 1600", "waited 2000", "waited 2000"]);
  });

  it("fails with the reason for which an image was rejected", async () => {
    const { result } = upload(101, {
      "POST /v1/uploads": created,
      "POST /bucket": { status: 204, body: "" },
      "GET /v1/uploads/7": json(200, {
        status: "rejected",
        reason: { code: "UnreadableImage", message: "It ends at byte 90." },
      }),
    });
    await assert.rejects(result, (error) => {
      assert.ok(error instanceof ApiFailure);
      assert.deepEqual([error.message, error.code], ["It ends at byte 90.", "UnreadableImage"]);
      return true;
    });
  });

  it("fails with what the bucket says of the form", async () => {
    const xml = "<Error><Code>EntityTooLarge</Code><Message>Too large.</Message></Error>";
    const { result } = upload(101, {
      "POST /v1/uploads": created,
      "POST /bucket": { status: 400, body: xml },
    });
    await assert.rejects(result, { name: "ApiFailure", message: "Too large." });
  });

  it("asks no more once it was given up", async () => {
    const controller = new AbortController();
    controller.abort();
    const { result, sent } = upload(
      101,
      {
        "POST /v1/uploads": created,
        "POST /bucket": { status: 204, body: "" },
        "GET /v1/uploads/7": json(200, { status: "pending" }),
      },
      controller,
    );
    await assert.rejects(result, { name: "AbortError" });
    assert.equal(sent.length, 3);
  });
});
