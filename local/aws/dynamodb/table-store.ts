import type { Account } from "../types";
import { regionalArn } from "../arn";
import { derivedUuid } from "../derived-uuid";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import type { Engine } from "./engine";
import { resourceNotFound } from "./errors";
import type { OperationInput } from "./operation-input";
import { checkIndexes } from "./check-indexes";
import { streamArn } from "./streams/stream";
import { indexCapacity, tableCapacity } from "./table-capacity";
import { TableChanges } from "./table-changes";
import {
  dynaliteMembers,
  haveSameIndexes,
  haveSameKeys,
  type TableDefinition,
  type TableDescription,
} from "./table-definition";
import { storageOf } from "./table-storage";

/** What is told of a table that is deleted. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html */
const toldOfDeleted = new Set([
  "TableName",
  "TableArn",
  "TableId",
  "ItemCount",
  "TableSizeBytes",
  "BillingModeSummary",
  "ProvisionedThroughput",
  "DeletionProtectionEnabled",
]);

/**
 * The tables that the program declares. What dynalite kept of tables that it declares no more is
 * left alone, and cannot be reached.
 */
export class TableStore {
  readonly #engine: Engine;
  readonly #account: Account;
  readonly #managedKeyArn: () => string | undefined;
  readonly #tables = new Map<string, TableDefinition>();
  readonly #changes = new TableChanges();

  /** @param managedKeyArn ARN of the key that AWS makes for DynamoDB. Default: none is told. */
  constructor(
    engine: Engine,
    account: Account,
    managedKeyArn: () => string | undefined = () => undefined,
  ) {
    this.#engine = engine;
    this.#account = account;
    this.#managedKeyArn = managedKeyArn;
  }

  get(name: string): TableDefinition | undefined {
    return this.#tables.get(name);
  }

  definitions(): TableDefinition[] {
    return [...this.#tables.values()];
  }

  /** The ARN of a table, or of one of its indexes. */
  arn(name: string, indexName?: string): string {
    const table = regionalArn(this.#account, "dynamodb", `table/${name}`);
    return indexName === undefined ? table : `${table}/index/${indexName}`;
  }

  /** See `DynamoDb.createTable`. */
  async create(definition: TableDefinition): Promise<void> {
    const { TableName: name } = definition;
    await this.#make(definition, async (left) => {
      if (left === undefined) {
        await this.#createStored(definition);
      } else if (left.TableStatus !== "ACTIVE" || !haveSameKeys(left, definition)) {
        throw new AwsError(
          "ResourceInUseException",
          `Table ${name} was left by an earlier run with other keys or local indexes than it is declared with now. Start with --fresh to begin without the stored data.`,
        );
      } else {
        await this.#engine.changeIndexes(definition);
      }
    });
  }

  /** Creates a table without the items that an earlier run left under its name, which nobody declares any more. */
  async createEmpty(definition: TableDefinition): Promise<void> {
    await this.#make(definition, async (left) => {
      if (left !== undefined) {
        await this.#deleteStored(definition.TableName);
      }
      await this.#createStored(definition);
    });
  }

  /** See `DynamoDb.openTable`. */
  async open(definition: TableDefinition): Promise<void> {
    if ((await this.#stored(definition.TableName)) !== undefined) {
      await this.create(definition);
    }
  }

  /** See `DynamoDb.updateTable`. */
  async update(definition: TableDefinition): Promise<void> {
    const { TableName: name } = definition;
    const table = this.#tables.get(name);
    if (table === undefined) {
      throw resourceNotFound(`Table: ${name}`);
    }
    if (!haveSameKeys(table, definition)) {
      throw notEmulated(`changes of a table's keys and local indexes: ${name}`);
    }
    if (haveSameIndexes(table, definition)) {
      this.#changes.requireNone(name);
      await this.#set(definition);
      return;
    }
    await this.#changes.run(name, "updated", async () => {
      await this.#engine.changeIndexes(definition);
      await this.#set(definition);
    });
  }

  /** @throws AwsError `ResourceNotFoundException`, `ValidationException` when it is protected. */
  async delete(name: string): Promise<object> {
    const members = Object.entries(await this.describe(name));
    const told = members.filter(([member]) => toldOfDeleted.has(member));
    const TableDescription = { ...Object.fromEntries(told), TableStatus: "DELETING" };
    this.requireUnprotected(name);
    await this.#changes.run(name, "deleted", async () => {
      this.#tables.delete(name);
      await this.#engine.streams.declare(name, undefined);
      await this.#deleteStored(name);
    });
    return { TableDescription };
  }

  /** @throws AwsError `ValidationException` when a table is protected. */
  requireUnprotected(name: string): void {
    if (this.#tables.get(name)?.DeletionProtectionEnabled === true) {
      throw new AwsError(
        "ValidationException",
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
      );
    }
  }

  /** Counts them; DynamoDB's own number is six hours old at times. */
  async itemCount(name: string): Promise<number> {
    let count = 0;
    let from: object | undefined;
    do {
      const page = (await this.#engine.call("Scan", {
        TableName: name,
        Select: "COUNT",
        ...(from && { ExclusiveStartKey: from }),
      })) as { Count: number; LastEvaluatedKey?: object };
      count += page.Count;
      from = page.LastEvaluatedKey;
    } while (from);
    return count;
  }

  list({ ExclusiveStartTableName = "", Limit = 100 }: OperationInput): object {
    const names = [...this.#tables.keys()].sort().filter((name) => name > ExclusiveStartTableName);
    const TableNames = names.slice(0, Limit);
    const last = TableNames.at(-1);
    return {
      TableNames,
      ...(names.length > Limit && last !== undefined && { LastEvaluatedTableName: last }),
    };
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  async describe(name: string): Promise<TableDescription> {
    const definition = this.#tables.get(name);
    const stored = await this.#stored(name);
    if (definition === undefined || stored === undefined) {
      throw resourceNotFound(`Table: ${name}`);
    }
    const withArn = <Index extends { IndexName: string }>(index: Index): Index => ({
      ...index,
      IndexArn: this.arn(name, index.IndexName),
    });
    const { GlobalSecondaryIndexes: global, LocalSecondaryIndexes: local } = stored;
    return {
      ...stored,
      ...(this.#changes.isBeingUpdated(name) && { TableStatus: "UPDATING" }),
      // dynalite's is too short.
      TableId: derivedUuid(`${this.arn(name)} ${stored.TableId ?? ""}`),
      TableArn: this.arn(name),
      DeletionProtectionEnabled: definition.DeletionProtectionEnabled ?? false,
      ...tableCapacity(definition, stored),
      ...this.#streamOf(definition),
      ...storageOf(definition, this.#managedKeyArn),
      ...(global && {
        GlobalSecondaryIndexes: global.map((index) => ({
          ...withArn(index),
          ...indexCapacity(definition, index.IndexName),
        })),
      }),
      ...(local && { LocalSecondaryIndexes: local.map(withArn) }),
    };
  }

  /** @param store makes dynalite's table, of which an earlier run may have left one. */
  async #make(
    definition: TableDefinition,
    store: (left: TableDescription | undefined) => Promise<void>,
  ): Promise<void> {
    const { TableName: name } = definition;
    checkIndexes(definition);
    if (this.#tables.has(name)) {
      throw new AwsError("ResourceInUseException", `Table already exists: ${name}`);
    }
    await this.#changes.run(name, "created", async () => {
      await store(await this.#stored(name));
      await this.#set(definition);
    });
  }

  async #set(definition: TableDefinition): Promise<void> {
    const { TableName: tableName, KeySchema: keySchema, Stream: stream } = definition;
    this.#tables.set(tableName, definition);
    await this.#engine.streams.declare(
      tableName,
      stream && {
        arn: streamArn(this.arn(tableName), stream.StreamLabel),
        tableName,
        label: stream.StreamLabel,
        viewType: stream.StreamViewType,
        keySchema,
      },
    );
  }

  #streamOf({ TableName, Stream }: TableDefinition): object | undefined {
    return (
      Stream && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: Stream.StreamViewType },
        LatestStreamLabel: Stream.StreamLabel,
        LatestStreamArn: streamArn(this.arn(TableName), Stream.StreamLabel),
      }
    );
  }

  async #createStored(definition: TableDefinition): Promise<void> {
    await this.#engine.call("CreateTable", dynaliteMembers(definition));
    // dynalite finishes creation in later turns of the event loop.
    while ((await this.#stored(definition.TableName))?.TableStatus !== "ACTIVE") {
      await new Promise(setImmediate);
    }
  }

  async #deleteStored(name: string): Promise<void> {
    await this.#engine.call("DeleteTable", { TableName: name });
    // dynalite finishes deletion in later turns of the event loop.
    while ((await this.#stored(name)) !== undefined) {
      await new Promise(setImmediate);
    }
  }

  async #stored(name: string): Promise<TableDescription | undefined> {
    try {
      const output = await this.#engine.call("DescribeTable", { TableName: name });
      return (output as { Table: TableDescription }).Table;
    } catch (error) {
      if (error instanceof AwsError && error.code === "ResourceNotFoundException") {
        return undefined;
      }
      throw error;
    }
  }
}
