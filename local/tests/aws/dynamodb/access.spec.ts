import assert from "node:assert/strict";

import { accessesOf, type Access } from "../../../aws/dynamodb/access";
import { parseOperation } from "../../../aws/dynamodb/operations";
import { compilePolicy } from "../../../aws/iam/compile";
import { Context } from "../../../aws/iam/context";
import { evaluate } from "../../../aws/iam/evaluate";
import type { PolicyStatement } from "../../../aws/iam/types";
import { account, images } from "./support/local-dynamodb";

const TableName = "images";
const principal = {
  kind: "role",
  arn: "arn:aws:sts::123456789012:assumed-role/reader/run",
  roleArn: "arn:aws:iam::123456789012:role/reader",
} as const;

const Key = (id: string) => ({ id: { S: id } });
const transact = (name: string, kind: string, ...inputs: object[]): [string, object] => [
  name,
  { TransactItems: inputs.map((input) => ({ [kind]: { TableName, ...input } })) },
];

/** Operations on the items of the partitions that are given. */
const ofPartitions: Record<string, (...ids: string[]) => [string, object]> = {
  BatchGetItem: (...ids) => [
    "BatchGetItem",
    { RequestItems: { [TableName]: { Keys: ids.map(Key) } } },
  ],
  "BatchWriteItem, puts": (...ids) => [
    "BatchWriteItem",
    { RequestItems: { [TableName]: ids.map((id) => ({ PutRequest: { Item: Key(id) } })) } },
  ],
  "BatchWriteItem, deletes": (...ids) => [
    "BatchWriteItem",
    { RequestItems: { [TableName]: ids.map((id) => ({ DeleteRequest: { Key: Key(id) } })) } },
  ],
  TransactGetItems: (...ids) =>
    transact("TransactGetItems", "Get", ...ids.map((id) => ({ Key: Key(id) }))),
  "TransactWriteItems, checks": (...ids) =>
    transact(
      "TransactWriteItems",
      "ConditionCheck",
      ...ids.map((id) => ({ Key: Key(id), ConditionExpression: "attribute_exists(id)" })),
    ),
  "TransactWriteItems, deletes": (...ids) =>
    transact("TransactWriteItems", "Delete", ...ids.map((id) => ({ Key: Key(id) }))),
  "TransactWriteItems, puts": (...ids) =>
    transact("TransactWriteItems", "Put", ...ids.map((id) => ({ Item: Key(id) }))),
  "TransactWriteItems, updates": (...ids) =>
    transact(
      "TransactWriteItems",
      "Update",
      ...ids.map((id) => ({ Key: Key(id), UpdateExpression: "REMOVE tags" })),
    ),
};

/** Operations on one partition. */
const ofOnePartition: Record<string, (id: string) => [string, object]> = {
  DeleteItem: (id) => ["DeleteItem", { TableName, Key: Key(id) }],
  GetItem: (id) => ["GetItem", { TableName, Key: Key(id) }],
  PutItem: (id) => ["PutItem", { TableName, Item: { ...Key(id), userId: { S: "ann" } } }],
  UpdateItem: (id) => ["UpdateItem", { TableName, Key: Key(id), UpdateExpression: "REMOVE tags" }],
  "Query of the table": (id) => query({ KeyConditionExpression: "id = :v" }, id),
  "Query of the table, by a placeholder": (id) =>
    query({ KeyConditionExpression: "(#k=:v)", ExpressionAttributeNames: { "#k": "id" } }, id),
  "Query of an index": (id) =>
    query({ IndexName: "byUser", KeyConditionExpression: "#t > :v AND userId = :v" }, id),
};

function query(input: object, value: string): [string, object] {
  const ExpressionAttributeNames = { "#t": "timestamp" };
  const ExpressionAttributeValues = { ":v": { S: value }, ":other": { S: "other" } };
  return ["Query", { TableName, ExpressionAttributeNames, ExpressionAttributeValues, ...input }];
}

function accessesIn(operation: string, input: object): Access[] {
  const request = parseOperation(`DynamoDB_20120810.${operation}`, JSON.stringify(input));
  return accessesOf(operation, request.input, () => images);
}

/** Whether a role may do it that is allowed everything under `condition`. */
function allowed([operation, input]: [string, object], condition: PolicyStatement["Condition"]) {
  const accesses = accessesIn(operation, input);
  const statement = { Effect: "Allow", Action: "dynamodb:*", Resource: "*", Condition: condition };
  const identity = compilePolicy(
    { Version: "2012-10-17", Statement: statement },
    "identity",
    "of the role",
  );
  assert.notEqual(accesses.length, 0);
  return accesses.every(({ action, context }) => {
    const question = {
      principal,
      action: `dynamodb:${action}`,
      resource: "arn:aws:dynamodb:eu-west-1:123456789012:table/images",
      context: new Context(context),
      account,
    };
    return evaluate(question, { identity, resource: [], resourceDecides: false }).allowed;
  });
}

describe("accessesOf", () => {
  const own = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["mine", "ours"] } };

  for (const [name, request] of Object.entries({ ...ofPartitions, ...ofOnePartition })) {
    it(`confines to the partitions that a policy names: ${name}`, () => {
      assert.equal(allowed(request("mine"), own), true);
      assert.equal(allowed(request("theirs"), own), false);
      assert.equal(allowed(request("Mine"), own), false);
    });
  }

  for (const [name, request] of Object.entries(ofPartitions)) {
    it(`refuses as a whole what has one item in another partition: ${name}`, () => {
      assert.equal(allowed(request("mine", "ours"), own), true);
      assert.equal(allowed(request("mine", "theirs"), own), false);
    });
  }

  it("asks for the partition of the index in a query of one, not for the table's", () => {
    const [operation, input] = query(
      {
        IndexName: "byUser",
        KeyConditionExpression: "userId = :v",
        FilterExpression: "id = :other",
      },
      "mine",
    );
    assert.deepEqual(
      accessesIn(operation, input).map(({ context }) => context["dynamodb:LeadingKeys"]),
      [["mine"]],
    );
  });

  it("names no partition in a scan, which ForAllValues lets pass, and ForAnyValue does not", () => {
    const any = { "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": ["mine"] } };
    const present = { Null: { "dynamodb:LeadingKeys": "false" } };
    const scan: [string, object] = ["Scan", { TableName, FilterExpression: "id = :v" }];
    assert.equal(allowed(scan, own), true);
    assert.equal(allowed(scan, any), false);
    assert.equal(allowed(scan, { ...own, ...present }), false);
  });

  it("lets a policy that names one of the partitions of a batch by ForAnyValue pass all", () => {
    const any = { "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": ["mine"] } };
    assert.equal(allowed(["GetItem", { TableName, Key: Key("mine") }], any), true);
    assert.equal(
      allowed(
        ["BatchGetItem", { RequestItems: { [TableName]: { Keys: [Key("mine"), Key("theirs")] } } }],
        any,
      ),
      true,
    );
  });

  it("compares partitions that are numbers as their text", () => {
    const condition = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["7"] } };
    const get = (id: object): [string, object] => ["GetItem", { TableName, Key: { id } }];
    assert.equal(allowed(get({ N: "7" }), condition), true);
    assert.equal(allowed(get({ N: "8" }), condition), false);
  });
});
