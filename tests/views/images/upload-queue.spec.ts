import { strict as assert } from "node:assert";
import { ApiFailure } from "../../../views/images/api-failure";
import { type Uploader, UploadQueue } from "../../../views/images/upload-queue";

type Order = Parameters<Uploader>[0];

/** An upload that a test ends. */
interface Started extends Order {
  succeed: (imageId: string) => void;
  fail: (error: Error) => void;
}

/** Lets what has been promised come about. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the queue of uploads", () => {
  let started: Started[];
  let queue: UploadQueue;

  beforeEach(() => {
    started = [];
    let ids = 0;
    queue = new UploadQueue(2, () => String(++ids));
  });

  const upload: Uploader = (order) =>
    new Promise((resolve, reject) => {
      started.push({ ...order, succeed: resolve, fail: reject });
    });
  const add = (...names: string[]) => {
    queue.add(
      names.map((name) => new File(["12345"], name, { type: "image/png" })),
      upload,
    );
  };
  const steps = () => queue.entries.map(({ name, progress }) => [name, progress.step]);
  const namesOf = (orders: readonly Order[]) => orders.map(({ imageName }) => imageName);

  it("has as many under way at once as it may, in the order in which they were chosen", async () => {
    add("a", "b", "c");
    add("d");
    assert.deepEqual(namesOf(started), ["a", "b"]);
    started[1]?.succeed("image-b");
    await settle();
    assert.deepEqual(namesOf(started), ["a", "b", "c"]);
    assert.deepEqual(steps(), [
      ["d", "waiting"],
      ["a", "sending"],
      ["b", "ready"],
      ["c", "sending"],
    ]);
  });

  it("tells whoever listens how far each is", () => {
    const heard: unknown[] = [];
    const stop = queue.subscribe(() => heard.push(queue.entries[0]?.progress));
    add("a");
    started[0]?.onProgress(0.5);
    started[0]?.onProgress(1);
    stop();
    started[0]?.onProgress(0.75);
    assert.deepEqual(heard, [
      { step: "waiting" },
      { step: "sending", part: 0 },
      { step: "sending", part: 0.5 },
      { step: "checking" },
    ]);
  });

  it("goes on after a failure, and tries it again under the same key", async () => {
    add("a", "b", "c");
    started[0]?.fail(new ApiFailure("busy"));
    await settle();
    assert.deepEqual(namesOf(started), ["a", "b", "c"]);
    started[1]?.succeed("image-b");
    await settle();
    queue.retry(queue.entries[0]?.id ?? "");
    assert.deepEqual(namesOf(started), ["a", "b", "c", "a"]);
    assert.equal(started[3]?.idempotencyKey, started[0]?.idempotencyKey);
    assert.notEqual(started[0]?.idempotencyKey, started[1]?.idempotencyKey);
  });

  it("gives up what is dismissed, be it under way or waiting", async () => {
    add("a", "b", "c");
    for (const { id, name } of queue.entries) {
      if (name !== "b") {
        queue.dismiss(id);
      }
    }
    assert.equal(started[0]?.signal.aborted, true);
    started[0].fail(new Error("given up"));
    await settle();
    assert.deepEqual(namesOf(started), ["a", "b"]);
    assert.deepEqual(steps(), [["b", "sending"]]);
  });

  it("calls a file whose kind the browser does not know what it is", () => {
    queue.add([new File(["1"], "unknown")], upload);
    assert.equal(started[0]?.contentType, "application/octet-stream");
  });

  it("lists files that another page was left with, which it does not have to try again", () => {
    queue.list([{ name: "lost.png", size: 5 }]);
    const [entry] = queue.entries;
    assert.deepEqual(steps(), [["lost.png", "failed"]]);
    assert.equal(queue.canRetry(entry?.id ?? ""), false);
    add("a");
    assert.equal(queue.canRetry(queue.entries[0]?.id ?? ""), true);
    queue.dismiss(entry?.id ?? "");
    assert.deepEqual(steps(), [["a", "sending"]]);
  });
});
