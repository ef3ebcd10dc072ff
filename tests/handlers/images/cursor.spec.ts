import assert from "node:assert/strict";
import { KMSClient } from "@aws-sdk/client-kms";
import { mockClient } from "aws-sdk-client-mock";
import fc from "fast-check";
import { Cursors, type List } from "../../../handlers/images/cursor";
import { useKms } from "../kms";

describe("Cursors", () => {
  const position = {
    timestamp: "2026-01-02T03:04:05.678Z",
    imageId: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  };

  describe("with a key", () => {
    useKms();
    const cursors = new Cursors(new KMSClient({}), "key-1");

    async function assertInvalid(list: List, cursor: string): Promise<void> {
      await assert.rejects(cursors.decode(list, cursor), {
        statusCode: 400,
        code: "InvalidCursor",
      });
    }

    const lists: List[] = [
      {},
      { userId: "u" },
      { userId: "null" },
      { tag: "a:b" },
      { userId: "🎞".repeat(128), tag: "🎞".repeat(385) },
    ];
    for (const list of lists) {
      it(`lead back to the position in the list of ${JSON.stringify(list).slice(0, 30)}`, async () => {
        assert.deepEqual(
          await cursors.decode(list, await cursors.encode(list, position)),
          position,
        );
      });
    }

    it("work for their list only", async () => {
      const alike: List[] = [{}, { userId: "null" }, { userId: "a:b" }, { tag: "a:b" }];
      alike.push({ userId: "a", tag: "a:b" }, { userId: "b", tag: "a:b" });
      for (const list of alike) {
        for (const other of alike.filter((each) => each !== list)) {
          await assertInvalid(other, await cursors.encode(list, position));
        }
      }
    });

    it("are signed by their key", async () => {
      const other = new Cursors(new KMSClient({}), "key-2");
      await assertInvalid({ userId: "u" }, await other.encode({ userId: "u" }, position));
    });

    it("are refused when any character is changed or missing", async () => {
      const cursor = await cursors.encode({ userId: "u" }, position);
      for (let index = 0; index < cursor.length; index++) {
        const changed = cursor[index] === "A" ? "B" : "A";
        await assertInvalid(
          { userId: "u" },
          cursor.slice(0, index) + changed + cursor.slice(index + 1),
        );
        await assertInvalid({ userId: "u" }, cursor.slice(0, index));
      }
      await assertInvalid({ userId: "u" }, `${cursor}A`);
      await assertInvalid({ userId: "u" }, `${cursor}=`);
      await assertInvalid({ userId: "u" }, ` ${cursor}`);
    });

    it("are refused when they are something else", async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
          await assertInvalid({ userId: "u" }, text);
        }),
      );
      await assertInvalid({ userId: "u" }, Buffer.alloc(6000).toString("base64url"));
    });
  });

  it("pass on what else KMS says", async () => {
    const kms = mockClient(KMSClient).rejects(new Error("no key"));
    try {
      const cursor = Buffer.alloc(99).toString("base64url");
      await assert.rejects(
        new Cursors(new KMSClient({}), "k").decode({ userId: "u" }, cursor),
        /no key/,
      );
    } finally {
      kms.restore();
    }
  });
});
