import assert from "node:assert/strict";

import {
  type AttributeValue,
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

import { withOwnNames, withSafeNames } from "../../../aws/dynamodb/safe-names";
import { images, LocalDynamoDb } from "./support/local-dynamodb";

describe("DynamoDB's values", () => {
  let local: LocalDynamoDb;
  beforeEach(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
  });
  afterEach(() => local.stop());

  /** A text that lies within so many lists. */
  function nested(lists: number): AttributeValue {
    return lists === 0 ? { S: "leaf" } : { L: [nested(lists - 1)] };
  }

  /** Every way in which a value is written. */
  const ways: Record<string, (x: AttributeValue) => Promise<unknown>> = {
    PutItem: (x) =>
      local.client.send(new PutItemCommand({ TableName: "images", Item: { id: { S: "a" }, x } })),
    UpdateItem: (x) =>
      local.client.send(
        new UpdateItemCommand({
          TableName: "images",
          Key: { id: { S: "a" } },
          UpdateExpression: "SET x = :x",
          ExpressionAttributeValues: { ":x": x },
        }),
      ),
    BatchWriteItem: (x) =>
      local.client.send(
        new BatchWriteItemCommand({
          RequestItems: { images: [{ PutRequest: { Item: { id: { S: "a" }, x } } }] },
        }),
      ),
    TransactWriteItems: (x) =>
      local.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName: "images", Item: { id: { S: "a" }, x } } }],
        }),
      ),
  };

  for (const [way, write] of Object.entries(ways)) {
    it(`lie 32 levels deep at most: ${way}`, async () => {
      await write(nested(31));
      const message = /^Nesting Levels have exceeded supported limits/;
      await assert.rejects(write(nested(32)), { name: "ValidationException", message });
    });

    it(`have no members without a name: ${way}`, async () => {
      const message = /Empty attribute name/;
      const within = { L: [{ M: { "": { S: "x" } } }] };
      await assert.rejects(write(within), { name: "ValidationException", message });
    });
  }

  it("are no attributes without a name", async () => {
    const Item = { id: { S: "a" }, "": { S: "x" } };
    await assert.rejects(
      local.client.send(new PutItemCommand({ TableName: "images", Item })),
      /Empty attribute name/,
    );
  });

  function send(operation: string, body: string): Promise<string> {
    return fetch(local.dynamodb.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
        authorization: "any",
      },
      body,
    }).then((response) => response.text());
  }

  it("keep members that are called __proto__", async () => {
    const item =
      '{"id":{"S":"a"},"__proto__":{"S":"x"},"m":{"M":{"__proto__" : {"L":[]},"s":{"S":"\\"__proto__\\":"}}}}';
    assert.equal(await send("PutItem", `{"TableName":"images","Item":${item}}`), "{}");
    const text = await send("GetItem", '{"TableName":"images","Key":{"id":{"S":"a"}}}');
    const sorted = (json: string) => Object.entries(JSON.parse(json) as object).sort();
    const { Item } = JSON.parse(text) as { Item: object };
    assert.deepEqual(sorted(JSON.stringify(Item)), sorted(item));
    // Whoever loses the name by itself gets the rest.
    const Key = { id: { S: "a" } };
    const { Item: found } = await local.client.send(
      new GetItemCommand({ TableName: "images", Key }),
    );
    assert.equal(found?.m?.M?.s?.S, '"__proto__":');
  });

  it("keep members that are called __proto__ for who reads them within the process, and in streams", async () => {
    const Stream = { StreamViewType: "NEW_IMAGE", StreamLabel: "2026-03-01T12:00:00.000" } as const;
    await local.dynamodb.updateTable({ ...images, Stream });
    const item = '{"id":{"S":"a"},"__proto__":{"S":"x"}}';
    assert.equal(await send("PutItem", `{"TableName":"images","Item":${item}}`), "{}");
    const root = { kind: "root", arn: "arn:aws:iam::123456789012:root" } as const;
    const found = (await local.dynamodb.perform(root, "Scan", { TableName: "images" })) as {
      Items: object[];
    };
    assert.deepEqual(found.Items.map(Object.keys), [["id", "__proto__"]]);
    const { streams } = local.dynamodb;
    const [stream] = streams.streams();
    const records = stream ? await streams.read(stream, streams.begin, 10) : [];
    const shown = records.map(({ dynamodb }) => JSON.stringify(dynamodb.NewImage));
    assert.deepEqual(shown, [item]);
  });

  it("are told from names of members in any JSON", () => {
    const quoted = JSON.stringify('\\"__proto__":');
    const json = `{"a":"__proto__","__proto__":["__proto__",${quoted}],"b__proto__":{}}`;
    const safe = withSafeNames(json);
    assert.equal(safe.match(/\uffff/g)?.length, 1);
    assert.equal(withOwnNames(safe), json);
    assert.equal(withSafeNames('{"a":1}'), '{"a":1}');
  });

  it("are numbers that may begin with a plus", async () => {
    const text = { S: "+3" };
    const x = { M: { N: { N: "+3" }, set: { NS: ["+1e2", "-1"] }, text } };
    await ways.PutItem?.(x);
    const { Item } = await local.client.send(
      new GetItemCommand({ TableName: "images", Key: { id: { S: "a" } } }),
    );
    assert.deepEqual(Item?.x, { M: { N: { N: "3" }, set: { NS: ["100", "-1"] }, text } });
    await assert.rejects(ways.PutItem?.({ N: "++3" }) ?? assert.fail(), {
      name: "ValidationException",
    });
  });
});
