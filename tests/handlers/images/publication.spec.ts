import assert from "node:assert/strict";
import { createDynamoDb } from "../../../handlers/aws/clients";
import type { ImageMetadata } from "../../../handlers/images/images-table";
import { Publication } from "../../../handlers/images/publication";
import { Uploads } from "../../../handlers/uploads/uploads";
import type { FaultKind } from "../../../local/aws/types";
import { useDynamoDb } from "../dynamodb";
import { imagesTable, tagsTable } from "../image-tables";
import { readyItem } from "../ready-item";
import { useSdkSettings } from "../support";

const tables = { images: imagesTable.TableName, tags: tagsTable.TableName, counts: undefined };

describe("Publication", () => {
  useSdkSettings();
  const local = useDynamoDb(imagesTable, tagsTable);

  /** An upload under way whose file is stored. */
  async function begun(tags: Record<string, string> = {}): Promise<ImageMetadata> {
    const image = readyItem({ tags });
    await new Uploads(createDynamoDb(), tables.images).begin(image);
    return image;
  }

  const publication = () => new Publication(createDynamoDb(), tables);

  /**
   * Publishes while calls fail, in their order.
   *
   * @returns what came of it, and the calls that were made.
   */
  async function publish(image: ImageMetadata, ...kinds: FaultKind[]) {
    const calls: string[] = [];
    local().faults = {
      decide: (_service, operation) => {
        const kind = kinds[calls.push(operation) - 1];
        return kind && { kind, moment: 0 };
      },
    };
    return { outcome: await publication().publish(image), calls };
  }

  it("writes an image without tags by itself, which costs half of a transaction", async () => {
    assert.deepEqual(await publish(await begun()), { outcome: "done", calls: ["PutItem"] });
  });

  it("writes an image with tags together with their entries", async () => {
    assert.deepEqual(await publish(await begun({ a: "b" })), {
      outcome: "done",
      calls: ["TransactWriteItems"],
    });
  });

  for (const tags of [{}, { a: "b" }] as Record<string, string>[]) {
    const which = `an image with ${Object.keys(tags).length} tags`;

    it(`is done when the answer to its write of ${which} was lost, and the write is repeated`, async () => {
      const { outcome, calls } = await publish(await begun(tags), "drop");
      assert.deepEqual([outcome, calls.length], ["done", 2]);
    });

    it(`is done with ${which} once a transaction is out of its way`, async () => {
      const { outcome, calls } = await publish(
        await begun(tags),
        ...Array<FaultKind>(5).fill("conflict"),
      );
      assert.deepEqual([outcome, calls.length], ["done", 6]);
    });

    it(`tells that another attempt has made ${which} before`, async () => {
      const image = await begun(tags);
      await publish({ ...image, timestamp: "2026-01-02T03:04:05.679Z" });
      assert.equal((await publish(image)).outcome, "done before");
    });

    it(`tells that ${which} was deleted before it was one`, async () => {
      const image = await begun(tags);
      await publication().hide(image.imageId, new Date());
      assert.equal((await publish(image)).outcome, "gone");
    });

    it(`fails with ${which} as DynamoDB does`, async () => {
      const image = await begun(tags);
      await assert.rejects(
        publish(image, "error", "error", "error"),
        ({ $metadata }: { $metadata: { httpStatusCode: number } }) =>
          $metadata.httpStatusCode === 500,
      );
    });
  }
});
