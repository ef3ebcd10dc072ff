import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { DynamoDBClient, GetItemCommand, type GetItemCommandInput } from "@aws-sdk/client-dynamodb";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { ImageItem } from "../../../handlers/images/images-table";
import { tagEntries } from "../../../handlers/images/tags-table";
import { storedKey, testKey } from "../signing-key";
import { settings } from "../support";

/** One call of AWS, as text: its kind and all that was asked. */
export type Call = string;

/** A client of the SDK that keeps its calls. */
interface Client {
  calls(): { args: readonly { constructor: { name: string }; input: object }[] }[];
  resetHistory(): unknown;
  restore(): void;
}

const signingKey = testKey("KEXAMPLE2");

/** Stands for AWS with a few rows, and keeps what it is asked. */
export class RecordedAws {
  /** Rows of the images table. */
  rows: ImageItem[] = [];
  /** Items of the records table. */
  records: Record<string, unknown>[] = [];
  readonly #dynamoDb = mockClient(DynamoDBDocumentClient);
  readonly #typedDynamoDb = mockClient(DynamoDBClient);
  readonly #s3 = mockClient(S3Client);
  readonly #ssm = mockClient(SSMClient);
  readonly #clients: readonly Client[] = [
    this.#dynamoDb,
    this.#s3,
    this.#ssm,
    this.#typedDynamoDb,
    mockClient(CloudFrontClient),
  ];

  constructor() {
    this.#dynamoDb
      .on(GetCommand)
      .callsFake((input: GetCommandInput) => ({ Item: this.#get(input) }));
    this.#dynamoDb
      .on(QueryCommand)
      .callsFake((input: QueryCommandInput) => ({ Items: this.#query(input) }));
    this.#dynamoDb
      .on(BatchGetCommand)
      .callsFake((input: BatchGetCommandInput) => ({ Responses: this.#getAll(input) }));
    this.#typedDynamoDb
      .on(GetItemCommand)
      .callsFake((input: GetItemCommandInput) => ({ Item: this.#getRecord(input) }));
    this.#dynamoDb.on(PutCommand).resolves({});
    this.#dynamoDb.on(TransactWriteCommand).resolves({});
    this.#s3.on(PutObjectCommand).resolves({ ETag: '"etag-1"', VersionId: "version-1" });
    this.#s3.on(ListObjectVersionsCommand).resolves({});
    this.#s3.on(DeleteObjectsCommand).resolves({});
    this.#s3.on(GetObjectCommand).callsFake(() => ({
      Body: { transformToByteArray: () => Promise.resolve(new Uint8Array([1, 2, 3])) },
    }));
    this.#ssm.on(GetParameterCommand).resolves(storedKey(signingKey));
  }

  /** All calls since the last time. */
  takeCalls(): Call[] {
    const calls = this.#clients.flatMap((client) =>
      client.calls().map(({ args: [command] }) => textOf(command)),
    );
    for (const client of this.#clients) {
      client.resetHistory();
    }
    return calls;
  }

  restore(): void {
    for (const client of this.#clients) {
      client.restore();
    }
  }

  #get({ Key = {} }: GetCommandInput) {
    return this.rows.find(({ imageId }) => imageId === Key.imageId);
  }

  #getRecord({ Key = {} }: GetItemCommandInput) {
    const record = this.records.find(({ id }) => id === Key.id?.S);
    return record && marshall(record);
  }

  #getAll({ RequestItems = {} }: BatchGetCommandInput) {
    const found = Object.entries(RequestItems).map(([TableName, { Keys = [] }]) => [
      TableName,
      Keys.flatMap((Key) => this.#get({ TableName, Key }) ?? []),
    ]);
    return Object.fromEntries(found) as unknown;
  }

  /** Of any index, the items whose partition it is. */
  #query({ TableName, ExpressionAttributeValues = {} }: QueryCommandInput) {
    const ready = this.rows.filter((row) => row.state === "ready");
    const items: object[] = TableName === settings.TAGS_TABLE ? ready.flatMap(tagEntries) : ready;
    const values: unknown[] = Object.values(ExpressionAttributeValues);
    return items.filter((item) => Object.values(item).some((value) => values.includes(value)));
  }
}

function textOf(command: { constructor: { name: string }; input: object } | undefined): Call {
  const input = JSON.stringify(command?.input, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
  return `${command?.constructor.name} ${input}`;
}
