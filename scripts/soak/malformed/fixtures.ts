import type { Stack } from "../../../tests/e2e/support/stack";
import { call, postJson } from "../../../tests/e2e/support/api";
import { makeImage } from "../../../tests/support/images";
import type { Acknowledged } from "./leftovers";
import type { ValidValues } from "./templates";

/** Stores what valid requests refer to: images with a tag, an upload, and a cursor of their list. */
export async function makeFixtures(
  stack: Stack,
  marker: string,
  acknowledged: Acknowledged,
): Promise<ValidValues & { cursor: string }> {
  const image = await makeImage("png");
  const userId = `${marker}-user`;
  const tag = { [marker]: "1" };
  const list = { userId, tag: `${marker}:1`, limit: "1", urls: "true" };
  const described = { contentType: "image/png", userId, imageName: marker, tags: tag };
  const send = async (path: string, body: object) => {
    const answer = await postJson(stack, path, body);
    acknowledged.note(answer.body, false);
    return answer.body;
  };
  const imageData = image.toString("base64");
  const { imageId } = await send("/images", { ...described, imageData });
  await send("/images", { ...described, imageData });
  const { uploadId } = await send("/uploads", { ...described, size: image.length });
  const page = await call(stack, `/images?${new URLSearchParams(list).toString()}`);
  const cursor = String(page.body.nextCursor);
  return {
    image,
    apiKey: stack.outputs.apiKey,
    cursor,
    ids: {
      "/images/{id}": String(imageId),
      "/images/{id}/content": String(imageId),
      "/uploads/{id}": String(uploadId),
    },
    byName: {
      ...described,
      ...list,
      cursor,
      imageData,
      size: image.length,
      id: marker,
      imageName: marker,
      url: "true",
    },
  };
}
