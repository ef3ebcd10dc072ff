import { strict as assert } from "node:assert";
import { DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { assertError, postJson } from "../e2e/support/api";
import type { Stack } from "../e2e/support/stack";
import { makeImage } from "./images";

/**
 * Deletes the table of tags, so that an upload can store the object but not its metadata, and checks
 * that the object is taken back. The stack is of no use for images afterwards.
 */
export async function failUpload(stack: Stack): Promise<void> {
  const { imagesBucket, tagsTable } = stack.outputs;
  const objects = async () => {
    const { Versions, DeleteMarkers } = await stack.s3.send(
      new ListObjectVersionsCommand({ Bucket: imagesBucket }),
    );
    return [Versions, DeleteMarkers];
  };
  const before = await objects();
  await stack.documents.send(new DeleteTableCommand({ TableName: tagsTable }));
  const answer = await postJson(stack, "/images", {
    image_data: (await makeImage("png")).toString("base64"),
    content_type: "image/png",
    user_id: "failed",
    tags: { a: "b" },
  });
  assertError(answer, 500);
  assert.deepEqual(await objects(), before);
}
