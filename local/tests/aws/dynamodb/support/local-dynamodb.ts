import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

import { DynamoDb } from "../../../../aws/dynamodb/dynamodb";
import type { TableDefinition } from "../../../../aws/dynamodb/table-definition";
import type { FaultInjector, MetricDatum } from "../../../../aws/types";
import type { AuthorizationRequest } from "../../../../aws/iam/types";

export const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

/** A table with a partition key and an index. */
export const images: TableDefinition = {
  TableName: "images",
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "userId", AttributeType: "S" },
    { AttributeName: "timestamp", AttributeType: "N" },
  ],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  BillingMode: "PAY_PER_REQUEST",
  GlobalSecondaryIndexes: [
    {
      IndexName: "byUser",
      KeySchema: [
        { AttributeName: "userId", KeyType: "HASH" },
        { AttributeName: "timestamp", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "ALL" },
    },
  ],
};

/** A table with a partition key alone. */
export const bare = {
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
  BillingMode: "PAY_PER_REQUEST" as const,
};

/** DynamoDB with a client, and all that it asks the authorizer. */
export class LocalDynamoDb {
  readonly asked: AuthorizationRequest[] = [];
  /** Resources that the authorizer refuses. */
  readonly refused = new Set<string>();
  /** What the service publishes of itself. */
  readonly metrics: MetricDatum[] = [];
  /** What the service tells who runs it. */
  readonly notices: string[] = [];
  readonly dataDir: string;
  /** What the service takes for the time. */
  clock = () => new Date();
  /** What calls fail by. */
  faults: FaultInjector | undefined;
  readonly #sweepIntervalMs: number | undefined;
  #running: { dynamodb: DynamoDb; client: DynamoDBClient } | undefined;

  /** @param dataDir default a new temporary folder. */
  static async start(dataDir?: string, sweepIntervalMs?: number): Promise<LocalDynamoDb> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), "dynamodb-")));
    const local = new LocalDynamoDb(folder, sweepIntervalMs);
    await local.restart();
    return local;
  }

  private constructor(dataDir: string, sweepIntervalMs: number | undefined) {
    this.dataDir = dataDir;
    this.#sweepIntervalMs = sweepIntervalMs;
  }

  get dynamodb(): DynamoDb {
    return this.#get().dynamodb;
  }

  get client(): DynamoDBClient {
    return this.#get().client;
  }

  /** Stops, and starts anew on the same data. */
  async restart(): Promise<void> {
    await this.#close();
    const dynamodb = new DynamoDb({
      account,
      dataDir: this.dataDir,
      notify: (line) => this.notices.push(line),
      clock: () => this.clock(),
      metrics: { put: (datum) => this.metrics.push(datum) },
      faults: { decide: (...call) => this.faults?.decide(...call) },
      ...(this.#sweepIntervalMs !== undefined && { sweepIntervalMs: this.#sweepIntervalMs }),
      authenticator: {
        authenticate: ({ headers }) =>
          headers.authorization === undefined
            ? { kind: "anonymous" }
            : { kind: "root", arn: "arn:aws:iam::123456789012:root" },
      },
      authorizer: {
        authorize: (request) => {
          this.asked.push(request);
          const allowed = !this.refused.has(request.resource);
          return { allowed, reason: allowed ? "allow" : "implicit-deny", explanation: "no reason" };
        },
      },
    });
    await dynamodb.start();
    const client = new DynamoDBClient({
      endpoint: dynamodb.url,
      region: account.region,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
    this.#running = { dynamodb, client };
  }

  async stop(): Promise<void> {
    await this.#close();
    await rm(this.dataDir, { recursive: true });
  }

  async #close(): Promise<void> {
    this.#running?.client.destroy();
    await this.#running?.dynamodb.stop();
  }

  #get(): { dynamodb: DynamoDb; client: DynamoDBClient } {
    if (this.#running === undefined) {
      throw new Error("not started");
    }
    return this.#running;
  }
}
