import assert from "node:assert/strict";
import { ApiError } from "../../../handlers/http/errors";
import { bytesInMemory } from "../../../handlers/images/file/bytes";
import { inspect } from "../../../handlers/images/file/inspect";
import { acceptedTypeOf } from "../../../handlers/images/image-types";

const wayOut = /supported are image\/jpeg, .*\. Send photographs of telephones as JPEG: iOS/;

describe("image types", () => {
  for (const type of ["image/heic", "image/heif", "image/heic-sequence"]) {
    it(`say of ${type} what to do instead`, () => {
      assert.throws(() => acceptedTypeOf(type), { statusCode: 415, message: wayOut });
    });
  }

  it("say so, too, of a file that proves to be HEIC", async () => {
    const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0heicmif1", "latin1");
    await assert.rejects(inspect(bytesInMemory(heic), undefined, 1000), {
      statusCode: 415,
      code: "UnsupportedImageType",
      message: wayOut,
    });
    await assert.rejects(inspect(bytesInMemory(heic), "image/jpeg", 1000), {
      code: "ContentTypeMismatch",
      message: /not image\/jpeg, .*\. Send photographs of telephones as JPEG: iOS/,
    });
  });

  it("say nothing of telephones of others", () => {
    for (const type of ["image/tiff", "image/avif", "text/html"]) {
      assert.throws(
        () => acceptedTypeOf(type),
        (error) => error instanceof ApiError && !error.message.includes("telephones"),
      );
    }
  });
});
