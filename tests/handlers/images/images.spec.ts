import assert from "node:assert/strict";
import { BatchGetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { createDynamoDb } from "../../../handlers/aws/clients";
import { Images } from "../../../handlers/images/images";
import { type ImageItem, toMetadata } from "../../../handlers/images/images-table";
import { useDynamoDb } from "../dynamodb";
import { imagesTable } from "../image-tables";
import { readyItem } from "../ready-item";
import { settings, useSdkSettings } from "../support";

describe("Images", () => {
  useSdkSettings();
  const images = () => new Images(createDynamoDb(), settings.IMAGES_TABLE);

  describe("in a table", () => {
    useDynamoDb(imagesTable);

    async function add(item: ImageItem): Promise<void> {
      await createDynamoDb().send(new PutCommand({ TableName: settings.IMAGES_TABLE, Item: item }));
    }

    it("give back what the row of a ready image says, but for what indexes need", async () => {
      const item = readyItem({
        userId: "ü",
        tags: { constructor: "c", "ü ": "" },
        orientation: 6,
        stagingKey: "uploads/1",
      });
      await add(item);
      const { state, collection, stagingKey, ...metadata } = item;
      assert.deepEqual([state, collection, stagingKey], ["ready", "images", "uploads/1"]);
      assert.deepEqual(await images().get(item.imageId), metadata);
      assert.deepEqual(await images().getAll([item.imageId]), [metadata]);
    });

    it("are no uploads, nor what is being deleted", async () => {
      const { imageId, key } = readyItem();
      const sweep = { sweep: "sweep", sweepAfter: "2026-01-02T03:04:05.678Z" } as const;
      const others: ImageItem[] = [
        { ...toMetadata(readyItem({ imageId })), state: "pending", ...sweep },
        { imageId, key, state: "deleting", ...sweep },
      ];
      for (const item of others) {
        await add(item);
        assert.equal(await images().get(imageId), undefined);
        assert.deepEqual(await images().getAll([imageId]), []);
      }
    });
  });

  describe("read many at a time", () => {
    const items = ["a", "b", "c"].map((imageId) => readyItem({ imageId }));
    const ids = ["c", "a", "none", "b"];
    const table = settings.IMAGES_TABLE;

    /** The ids that are read, if DynamoDB reads so many keys of each request. */
    async function readInParts(...counts: number[]): Promise<string[]> {
      const client = createDynamoDb();
      const dynamoDb = mockClient(client);
      dynamoDb.on(BatchGetCommand).callsFake((input: BatchInput) => {
        const { Keys, ConsistentRead } = input.RequestItems[table] ?? assert.fail();
        assert.equal(ConsistentRead, true);
        const count = counts.shift() ?? 0;
        const read = Keys.slice(0, count).map(({ imageId }) => imageId);
        const left = Keys.slice(count);
        return {
          Responses: { [table]: items.filter(({ imageId }) => read.includes(imageId)) },
          UnprocessedKeys: left.length > 0 ? { [table]: { Keys: left } } : {},
        };
      });
      return (await new Images(client, table).getAll(ids)).map(({ imageId }) => imageId);
    }

    it("in the order of their ids", async () => {
      assert.deepEqual(await readInParts(4), ["c", "a", "b"]);
    });

    it("asking again for what was left unread", async () => {
      assert.deepEqual(await readInParts(1, 0, 2, 1), ["c", "a", "b"]);
    });

    it("but not for ever", async () => {
      await assert.rejects(readInParts(1), /unread/);
    });
  });
});

interface BatchInput {
  RequestItems: Record<string, { Keys: { imageId: string }[]; ConsistentRead: boolean }>;
}
