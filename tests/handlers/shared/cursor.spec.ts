import assert from "node:assert/strict";
import { KMSClient } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import fc from "fast-check";
import { Cursors } from "../../../handlers/shared/cursor";
import { useKms } from "../kms";

describe("Cursors", () => {
  const position = {
    timestamp: "2026-01-02T03:04:05.678Z",
    imageId: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  };

  describe("with a key", () => {
    useKms();
    const cursors = new Cursors(new KMSClient({}), "key-1");

    async function assertInvalid(userId: string | undefined, cursor: string): Promise<void> {
      await assert.rejects(cursors.decode(userId, cursor), {
        statusCode: 400,
        code: "InvalidCursor",
      });
    }

    for (const userId of [undefined, "u", "null", "🎞".repeat(128)]) {
      it(`lead back to the position in the list of ${String(userId).slice(0, 4)}`, async () => {
        assert.deepEqual(
          await cursors.decode(userId, await cursors.encode(userId, position)),
          position,
        );
      });
    }

    it("work for their list only", async () => {
      await assertInvalid("null", await cursors.encode(undefined, position));
      await assertInvalid(undefined, await cursors.encode("null", position));
      await assertInvalid("a", await cursors.encode("b", position));
    });

    it("are signed by their key", async () => {
      const other = new Cursors(new KMSClient({}), "key-2");
      await assertInvalid("u", await other.encode("u", position));
    });

    it("are refused when any character is changed or missing", async () => {
      const cursor = await cursors.encode("u", position);
      for (let index = 0; index < cursor.length; index++) {
        const changed = cursor[index] === "A" ? "B" : "A";
        await assertInvalid("u", cursor.slice(0, index) + changed + cursor.slice(index + 1));
        await assertInvalid("u", cursor.slice(0, index));
      }
      await assertInvalid("u", `${cursor}A`);
      await assertInvalid("u", `${cursor}=`);
      await assertInvalid("u", ` ${cursor}`);
    });

    it("are refused when they are something else", async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
          await assertInvalid("u", text);
        }),
      );
      await assertInvalid("u", Buffer.alloc(6000).toString("base64url"));
    });
  });

  it("pass on what else KMS says", async () => {
    const kms = mockClient(KMSClient).rejects(new Error("no key"));
    try {
      const cursor = Buffer.alloc(99).toString("base64url");
      await assert.rejects(new Cursors(new KMSClient({}), "k").decode("u", cursor), /no key/);
    } finally {
      kms.restore();
    }
  });
});
