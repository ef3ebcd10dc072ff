import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { call, download, postJson } from "../e2e/support/api";
import { createUpload, outcomeOf, uploadDirectly } from "../e2e/support/direct-uploads";
import {
  listImages,
  type Metadata,
  metadataOf,
  remove,
  tryUpload,
  uploadImage,
} from "../e2e/support/images";
import { signUrl, view, viewRendition } from "../e2e/support/renditions";
import type { Stack } from "../e2e/support/stack";
import { inTwoDays, sweepAt } from "../e2e/support/sweep";
import { waitUntil } from "../e2e/support/wait-until";
import type { FailingRun } from "./failing-run";
import { failAll } from "./failures";
import { makeDamagedPng, makeImage, makeLargePng } from "./images";
import { localTokens } from "./local-tokens";

/** Config of a stack that has whatever there is for users, and takes API keys as well. */
export const allForUsers = {
  oidcIssuer: "local",
  allowApiKeys: "true",
  maxImagesPerUser: "1000000",
};

/** Does what there is only where users are known. Images of requests with keys are counted, too. */
export async function useTokens({ stack, dataDir }: FailingRun): Promise<void> {
  const authorization = `Bearer ${await localTokens(dataDir)("ada")}`;
  const { status } = await call(stack, "/me", { apiKey: null, headers: { authorization } });
  assert.equal(status, 200);
  // What proves to be no image is counted no more.
  const image = await makeDamagedPng();
  const { imageId } = metadataOf(await tryUpload(stack, { userId: "ada", image }));
  await waitUntil(async () => (await call(stack, `/images/${imageId}`)).status === 404);
}

/** Does once whatever the API is for, and lets go wrong what may. */
export async function useEverything(run: FailingRun): Promise<void> {
  const { stack } = run;
  await useImages(stack);
  await useUploads(stack);
  await useRecords(stack);
  await useKeys(stack);
  await useRenditions(run);
  await failAll(run);
}

async function useRenditions(run: FailingRun): Promise<void> {
  const { stack } = run;
  const [image, other] = await Promise.all(
    [1, 2].map(() => uploadImage(stack, { userId: "renditions", tags: { a: "b" } })),
  );
  const imageId = image?.imageId ?? "";
  await listImages(stack, { preset: "thumb" });
  await listImages(stack, { similarTo: imageId });
  assert.equal((await call(stack, `/images/${imageId}?preset=thumb`)).status, 200);
  await viewRendition(stack, imageId, "?width=4");
  const change = { tags: { c: "d" }, focalPoint: { x: 0.1, y: 0.2 } };
  const changed = await call(stack, `/images/${imageId}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  await viewRendition(stack, other?.imageId ?? "", "?width=4");
  await remove(stack, other?.imageId ?? "");
  await viewLarge(stack);
  await deleteWhileRendered(run);
}

/** What an answer cannot hold is at the end of a presigned URL. */
async function viewLarge(stack: Stack): Promise<void> {
  const large = await makeLargePng(4_000_000);
  const { imageId } = await uploadImage(stack, { userId: "renditions", image: large });
  const url = await signUrl(stack, imageId, "?format=png&enlarge=true&width=1200");
  const { status, headers } = await view(stack, url);
  assert.equal(status, 302);
  assert.equal((await view(stack, headers.location ?? "")).status, 200);
}

/** Deletes images while they are rendered, until a rendition came too late and was taken back. */
export async function deleteWhileRendered({ stack, cloud }: FailingRun): Promise<void> {
  const isTakenBack = () =>
    cloud.iam
      .usage()
      .flatMap(({ grants }) => grants)
      .some(
        ({ statement, used }) => statement === "TakeBackRenditions" && Object.keys(used).length,
      );
  while (!isTakenBack()) {
    const { imageId } = await uploadImage(stack, { userId: "renditions" });
    const url = await signUrl(stack, imageId, "?enlarge=true&width=1500&format=png");
    const asked = view(stack, url);
    await remove(stack, imageId);
    await asked;
  }
}

async function useImages(stack: Stack): Promise<void> {
  const tags = { a: "b" };
  const uploaded = await tryUpload(stack, { userId: "ada", tags });
  assert.equal((await download(stack, String(uploaded.body.url))).status, 200);
  const { imageId } = await uploadImage(stack, { userId: "ada", tags });
  const lists: Record<string, string>[] = [{}, { userId: "ada" }, { tag: "a:b" }];
  for (const list of [...lists, { userId: "ada", tag: "a:b" }]) {
    const query = { ...list, limit: "1", urls: "true" };
    const { nextCursor: cursor } = await listImages(stack, query);
    const { images } = await listImages(stack, { ...query, cursor });
    const [{ url }] = images as [Metadata & { url: string }];
    assert.equal((await download(stack, url)).status, 200);
  }
  const fetched = await call(stack, `/images/${imageId}?url=true`);
  assert.equal((await download(stack, String(fetched.body.url))).status, 200);
  const headers = { accept: "image/*" };
  assert.equal((await call(stack, `/images/${imageId}/content`, { headers })).status, 200);
  await remove(stack, imageId);
}

async function useUploads(stack: Stack): Promise<void> {
  const image = await makeImage("png");
  const ready = await uploadDirectly(stack, image, { tags: { a: "b" } });
  assert.equal((await outcomeOf(stack, ready)).status, "ready");
  const wrong = await uploadDirectly(stack, Buffer.from("no image"));
  assert.equal((await outcomeOf(stack, wrong)).status, "rejected");
  const Bucket = stack.outputs.imagesBucket;
  const { key: Key } = metadataOf(await call(stack, `/images/${ready.uploadId}`));
  await remove(stack, ready.uploadId);
  await stack.s3.send(new PutObjectCommand({ Bucket, Key, Body: "late" }));
  const unused = await Promise.all([1, 2].map((size) => createUpload(stack, { size })));
  for (const { uploadId } of unused) {
    // The marker makes no event, so that it is there until the upload is removed.
    await stack.s3.send(new DeleteObjectCommand({ Bucket, Key: `uploads/${uploadId}` }));
  }
  await remove(stack, unused[0]?.uploadId ?? "");
  await sweepAt(stack, inTwoDays());
}

async function useRecords(stack: Stack): Promise<void> {
  const path = `/records/${randomUUID()}`;
  const headers = { "content-type": "application/json" };
  const put = await call(stack, path, { method: "PUT", headers, body: '{"a":"b"}' });
  assert.equal(put.status, 201);
  assert.equal((await call(stack, path)).status, 200);
  assert.equal((await call(stack, path, { method: "DELETE" })).status, 204);
  await postJson(stack, "/process", { id: "listed", userId: "ada" });
  for (const user of ["", "&userId=ada"]) {
    const { body } = await call(stack, `/results?id=listed${user}`);
    assert.equal((body.results as unknown[]).length, 1);
  }
}

/** Each route stores an answer under a key, and forgets a key whose request it refuses. */
async function useKeys(stack: Stack): Promise<void> {
  const image = await makeImage("png");
  const { recordsTable: TableName } = stack.outputs;
  const Item = { id: "large", text: "x".repeat(300_000) };
  await stack.documents.send(new PutCommand({ TableName, Item }));
  const useKey = async (key: string, bytes: Buffer, size: number, id: string) => {
    const headers = { "idempotency-key": key };
    const announced = { content_type: "image/png", user_id: "ada", size };
    const answers = [
      await tryUpload(stack, { userId: "ada", image: bytes, headers }),
      await postJson(stack, "/uploads", announced, headers),
      await postJson(stack, "/process", { id }, headers),
    ];
    return answers.map(({ status }) => status);
  };
  assert.deepEqual(await useKey("stored", image, 1, "small"), [201, 201, 200]);
  const refused = await useKey("forgotten", image.subarray(0, 20), 2 ** 40, "large");
  assert.deepEqual(refused, [415, 413, 413]);
}
