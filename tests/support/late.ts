import { strict as assert } from "node:assert";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { call } from "../e2e/support/api";
import { metadataOf, remove, tryUpload, uploadImage } from "../e2e/support/images";
import { renditionsOf } from "../e2e/support/renditions";
import { type Stack, storedImages } from "../e2e/support/stack";
import { inTwoDays, sweepAt } from "../e2e/support/sweep";
import { waitUntil } from "../e2e/support/wait-until";
import type { FailingRun } from "./failing-run";
import { makeDamagedPng } from "./images";

/** Lets renditions be stored after their image is no more, and deletes after days what was deleted. */
export async function comeLate(run: FailingRun): Promise<void> {
  await sweepLateRendition(run.stack);
  await withdrawLateRendition(run);
  await deleteAgain(run.stack);
}

/** A rendition that is stored after the image was deleted: the sweep removes it. */
async function sweepLateRendition(stack: Stack): Promise<void> {
  const { imageId } = await uploadImage(stack, { userId: "late" });
  await remove(stack, imageId);
  await storeRendition(stack, imageId);
  await sweepAt(stack, inTwoDays());
  assert.deepEqual(await storedImages(stack, imageId), []);
}

/** One that is stored after the image was rejected: the event that comes again removes it. */
async function withdrawLateRendition(run: FailingRun): Promise<void> {
  const { stack } = run;
  const image = await makeDamagedPng();
  const { imageId, key } = metadataOf(
    await tryUpload(stack, { userId: "late", image, tags: { a: "b" } }),
  );
  await waitUntil(
    async () => (await call(stack, `/images/${imageId}`)).body.code === "ImageRejected",
  );
  await storeRendition(stack, imageId);
  const functions = run.resourcesOf("aws:lambda/function:Function");
  const FunctionName = functions.find(({ name }) => name.endsWith("describe-image"))?.id;
  const event = { Records: [{ s3: { object: { key } } }] };
  const Payload = Buffer.from(JSON.stringify(event));
  const { FunctionError } = await stack.lambda.send(new InvokeCommand({ FunctionName, Payload }));
  assert.equal(FunctionError, undefined);
  assert.deepEqual(await renditionsOf(stack, imageId), []);
  await remove(stack, imageId);
}

/** A delete that is repeated when nothing can be under way any more: it needs no sweep. */
async function deleteAgain(stack: Stack): Promise<void> {
  const { imageId } = await uploadImage(stack, { userId: "late" });
  await remove(stack, imageId);
  await stack.documents.send(
    new UpdateCommand({
      TableName: stack.outputs.imagesTable,
      Key: { imageId },
      UpdateExpression: "SET sweepAfter = :past",
      ExpressionAttributeValues: { ":past": new Date(0).toISOString() },
    }),
  );
  await remove(stack, imageId);
  assert.deepEqual(await storedImages(stack, imageId), []);
}

async function storeRendition({ s3, outputs }: Stack, imageId: string): Promise<void> {
  const Key = `i/${imageId}/width-8_format-png`;
  await s3.send(new PutObjectCommand({ Bucket: outputs.renditionsBucket, Key, Body: "late" }));
}
