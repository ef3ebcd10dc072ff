import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import sharp from "sharp";
import { assertError, call } from "../e2e/support/api";
import { uploadImage } from "../e2e/support/images";
import { assertEdgeError, renditionsOf, signUrl, view } from "../e2e/support/renditions";
import type { Stack } from "../e2e/support/stack";
import { waitUntil } from "../e2e/support/wait-until";
import { type InProcessRun, startInProcess } from "../support/in-process-run";

/** The image that others are marked with, whose id has to be known before it is there. */
const watermarkId = randomUUID();

describe("a stack with presets only, of which one is public", function () {
  this.timeout(120_000);
  let run: InProcessRun;
  let stack: Stack;
  let imageId: string;

  before(async () => {
    run = await startInProcess(
      {},
      {
        "presets[0]": "thumb?width=24&height=24&format=png",
        "presets[1]": "marked?width=40&height=40&format=png&watermark=center,1,0.5",
        "presets[2]": "also?width=41&height=41&format=png&watermark=center,1,0.5",
        presetsOnly: "true",
        "publicPresets[0]": "thumb",
        watermark: watermarkId,
        urlWindowSeconds: "1",
      },
    );
    ({ stack } = run);
    imageId = await upload("red");
    await mark(await upload("blue"));
  });
  after(() => run.remove());

  async function upload(background: string): Promise<string> {
    const create = { width: 80, height: 80, channels: 3, background } as const;
    const image = await sharp({ create }).png().toBuffer();
    return (await uploadImage(stack, { userId: "config", image })).imageId;
  }

  /** Makes an image the watermark. */
  async function mark(id: string): Promise<void> {
    const TableName = stack.outputs.imagesTable;
    const row = await stack.documents.send(new GetCommand({ TableName, Key: { imageId: id } }));
    const Item = { ...row.Item, imageId: watermarkId };
    await stack.documents.send(new PutCommand({ TableName, Item }));
  }

  const at = (path: string) => view(stack, `${stack.outputs.imagesCdnUrl}${path}`);

  async function pixels(bytes: Buffer): Promise<(x: number, y: number) => number[]> {
    const { data, info } = await sharp(bytes)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return (x, y) => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)];
  }

  it("gives what is public to everybody who knows the id, by a URL that has no end", async () => {
    const { body } = await call(stack, `/images/${imageId}/url?preset=thumb`);
    assert.deepEqual(body, { url: `${stack.outputs.imagesCdnUrl}/i/${imageId}/thumb` });
    const answer = await at(`/i/${imageId}/thumb`);
    assert.deepEqual([answer.status, answer.headers["content-type"]], [200, "image/png"]);
    assert.equal((await sharp(answer.bytes).metadata()).width, 24);
    const again = await at(`/i/${imageId}/thumb?whatever=else`);
    assert.match(again.headers["x-cache"] ?? "", /^Hit/);
  });

  for (const [path, status, code] of [
    ["ID/marked", 403, "InvalidSignature"],
    ["ID/width-24_height-24_format-png", 403, "InvalidSignature"],
    ["ID/thumb/", 403, "InvalidSignature"],
    ["ID/%74humb", 403, "InvalidSignature"],
    ["ID/THUMB", 403, "InvalidSignature"],
    ["ID/marked%2Fthumb", 403, "InvalidSignature"],
    ["ID/marked/thumb", 404, "ImageNotFound"],
    ["ID/width-24_height-24_format-png/thumb", 404, "ImageNotFound"],
    ["ID//thumb", 404, "ImageNotFound"],
    ["thumb", 403, "InvalidSignature"],
    ["ID%2Fmarked/thumb", 404, "ImageNotFound"],
    [`${randomUUID()}/thumb`, 404, "ImageNotFound"],
    ["not-an-id/thumb", 404, "ImageNotFound"],
  ] as const) {
    it(`answers ${status} to /i/${path.replace(/[0-9a-f-]{36}/, "OTHER")}`, async () => {
      const stored = await renditionsOf(stack, imageId);
      assertEdgeError(await at(`/i/${path.replace("ID", imageId)}`), status, code);
      assert.deepEqual(await renditionsOf(stack, imageId), stored);
    });
  }

  it("signs presets, and nothing else", async () => {
    for (const query of ["?width=24", "", "?format=png", "?preset=large"]) {
      assertError(await call(stack, `/images/${imageId}/url${query}`), 400, "InvalidRequest");
    }
    assert.equal((await call(stack, `/images/${imageId}/url?preset=marked`)).status, 200);
  });

  it("marks what is to be marked", async () => {
    const { status, bytes } = await view(stack, await signUrl(stack, imageId, "?preset=marked"));
    assert.equal(status, 200, bytes.toString("utf8").slice(0, 500));
    const at = await pixels(bytes);
    assert.deepEqual(at(20, 20), [0, 0, 255]);
    assert.deepEqual(at(2, 2), [255, 0, 0]);
  });

  it("answers 404 without the image that others are marked with, and stores nothing", async () => {
    const TableName = stack.outputs.imagesTable;
    const Key = { imageId: watermarkId };
    const { Item } = await stack.documents.send(new GetCommand({ TableName, Key }));
    await stack.documents.send(new DeleteCommand({ TableName, Key }));
    const stored = await renditionsOf(stack, imageId);
    const url = await signUrl(stack, imageId, "?preset=also&expires=60");
    assertEdgeError(await view(stack, url), 404, "WatermarkNotFound");
    assert.deepEqual(await renditionsOf(stack, imageId), stored);
    await stack.documents.send(new PutCommand({ TableName, Item }));
  });

  it("refuses a URL that has ended, also where the picture is cached", async () => {
    const url = await signUrl(stack, imageId, "?preset=marked&expires=1");
    await waitUntil(async () => (await view(stack, url)).status === 403);
    assertEdgeError(await view(stack, url), 403, "InvalidSignature");
    assert.equal((await view(stack, await signUrl(stack, imageId, "?preset=marked"))).status, 200);
  });

  it("forgets what is public with its image", async () => {
    const id = await upload("green");
    assert.equal((await at(`/i/${id}/thumb`)).status, 200);
    assert.equal((await call(stack, `/images/${id}`, { method: "DELETE" })).status, 204);
    assertEdgeError(await at(`/i/${id}/thumb`), 404, "ImageNotFound");
    assert.deepEqual(await renditionsOf(stack, id), []);
  });
});
