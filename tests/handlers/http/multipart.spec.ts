import assert from "node:assert/strict";
import { parseMultipart } from "../../../handlers/http/multipart";

const boundary = "form-boundary";
const contentType = `multipart/form-data; boundary=${boundary}`;

function formOf(parts: Readonly<Record<string, Buffer>>): Buffer {
  const pieces = Object.entries(parts).flatMap(([name, bytes]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    bytes,
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/** What looks as if the part ended there. */
const nearly = [`\r\n`, `\r\n--`, `\r\n--${boundary.slice(0, -1)}`, `--${boundary}--`].join("x");

const files: Readonly<Record<string, Buffer>> = {
  "of megabytes": Buffer.alloc(4_500_000, "image"),
  "with all but a boundary in it": Buffer.from(nearly.repeat(1000)),
  "that ends as a boundary begins": Buffer.from(`image\r\n--\r\n-\r\n`),
};

describe("parseMultipart", () => {
  for (const [kind, file] of Object.entries(files)) {
    it(`leaves a file ${kind} where it lies in the body, without a copy`, async () => {
      const body = formOf({ userId: Buffer.from("ada"), image: file, imageName: Buffer.from("n") });
      const parts = await parseMultipart(body, contentType);
      const { bytes } = parts.get("image") ?? {};
      assert.deepEqual([...parts.keys()], ["userId", "image", "imageName"]);
      assert.deepEqual(bytes, file);
      assert.equal(bytes.buffer, body.buffer);
      assert.equal(bytes.byteOffset, body.byteOffset + body.indexOf(file));
    });
  }
});
