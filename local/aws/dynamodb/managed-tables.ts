import { join } from "node:path";
import { z } from "zod";

import { derivedUuid } from "../derived-uuid";
import { notEmulated } from "../not-emulated";
import { parseInput } from "../parse-input";
import { RecordFolder } from "../record-folder";
import { tagList, tagsIn } from "../tag-list";
import { tagProblem } from "../tags";
import { checkAttributes, checkIndexes, checkKeyNames, requireThroughputs } from "./check-indexes";
import type { Engine } from "./engine";
import { invalidParameters, resourceNotFound, validationError } from "./errors";
import type { OperationInput } from "./operation-input";
import { streamOf, streamSpecification } from "./stream-specification";
import { beingMade, beingUpdated } from "./table-capacity";
import { dynaliteMembers, type TableDefinition } from "./table-definition";
import type { TableStore } from "./table-store";
import { updatedTable } from "./update-table";

const tagsInput = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
const tagKeysInput = z.object({ TagKeys: z.array(z.string().min(1).max(128)).min(1) });

/** What CreateTable takes besides what dynalite checks. */
const createInput = z.object({
  DeletionProtectionEnabled: z.boolean().optional(),
  /** By keys of KMS tables are encrypted as the program declares it alone. */
  SSESpecification: z.looseObject({ Enabled: z.boolean() }).optional(),
  StreamSpecification: streamSpecification.optional(),
  Tags: tagsInput.optional(),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TimeToLiveSpecification.html */
const timeToLiveInput = z.object({
  TimeToLiveSpecification: z.strictObject({
    Enabled: z.boolean(),
    AttributeName: z.string().min(1).max(255),
  }),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
const expiryChangeMs = 60 * 60 * 1000;

/** What managed tables are made with. */
export interface ManagedTablesOptions {
  engine: Engine;
  tables: TableStore;
  clock: () => Date;
  /** Folder of DynamoDB. */
  dataDir: string;
}

/**
 * Tables as callers of the API make and change them. Those that are made here are there again at the next
 * start; a program's are, as the program says.
 */
export class ManagedTables {
  readonly #options: ManagedTablesOptions;
  readonly #records: RecordFolder<TableDefinition>;
  /** When callers changed the time to live of tables in this run, in milliseconds since 1970. */
  readonly #expiryChanges = new Map<string, number>();

  constructor(options: ManagedTablesOptions) {
    this.#options = options;
    this.#records = new RecordFolder(join(options.dataDir, "tables.d"));
  }

  /** Has the tables again that callers had made. */
  async restore(): Promise<void> {
    for (const definition of this.#records.load()) {
      await this.#options.tables.open(definition);
    }
  }

  /**
   * CreateTable. The table can be used as soon as it is answered for.
   *
   * @throws AwsError `ValidationException`, `ResourceInUseException`.
   */
  async create(input: OperationInput): Promise<object> {
    const { tables } = this.#options;
    const definition = this.#definitionOf(input);
    const { TableName: name } = definition;
    await tables.createEmpty(definition);
    this.#records.put(idOf(name), definition);
    return { TableDescription: beingMade(await tables.describe(name)) };
  }

  /**
   * DeleteTable, of a program's tables, too. The table is gone when it is answered.
   *
   * @throws AwsError `ResourceNotFoundException`, `ResourceInUseException`, `ValidationException` when it is protected.
   */
  async delete(name: string): Promise<object> {
    const { tables } = this.#options;
    tables.requireUnprotected(name);
    this.#expiryChanges.delete(name);
    // Before the table is: one whose deletion the end of the process interrupts must not be opened at the next start.
    this.#records.remove(idOf(name));
    return tables.delete(name);
  }

  /**
   * UpdateTable, of a program's tables, too. The table is as it is to be when it is answered: an index that is added can
   * be read then.
   *
   * @throws AwsError `ResourceNotFoundException`, `ResourceInUseException`, `LimitExceededException`,
   * `ValidationException`; `NotImplemented` for what is not emulated.
   */
  async update(name: string, input: OperationInput): Promise<object> {
    const { clock, engine, tables } = this.#options;
    const before = await tables.describe(name);
    const definition = updatedTable(this.#definition(name), input, clock());
    engine.check("CreateTable", dynaliteMembers(definition));
    requireThroughputs(definition);
    checkIndexes(definition);
    await this.#change(definition);
    return { TableDescription: beingUpdated(before, await tables.describe(name)) };
  }

  /** @throws AwsError `ResourceNotFoundException`, `ValidationException`. */
  async updateTimeToLive(name: string, input: OperationInput): Promise<object> {
    const { TimeToLiveSpecification } = parseInput(timeToLiveInput, input);
    const { Enabled, AttributeName } = TimeToLiveSpecification;
    const { TimeToLiveAttribute: current, ...others } = this.#definition(name);
    if (current !== undefined && current !== AttributeName) {
      throw validationError(
        `TimeToLive is active on a different AttributeName: current AttributeName is ${current}`,
      );
    }
    if (Enabled === (current !== undefined)) {
      throw validationError(`TimeToLive is already ${Enabled ? "enabled" : "disabled"}`);
    }
    const now = this.#options.clock().getTime();
    if (now - (this.#expiryChanges.get(name) ?? -Infinity) < expiryChangeMs) {
      throw validationError(
        "Time to live has been modified multiple times within a fixed interval",
      );
    }
    await this.#change({ ...others, ...(Enabled && { TimeToLiveAttribute: AttributeName }) });
    this.#expiryChanges.set(name, now);
    return { TimeToLiveSpecification };
  }

  /** @throws AwsError `ResourceNotFoundException`, `ValidationException`. */
  async tag(name: string, input: OperationInput): Promise<object> {
    const { Tags } = parseInput(z.object({ Tags: tagsInput.min(1) }), input);
    const definition = this.#definition(name);
    await this.#change({ ...definition, Tags: checkedTags([...(definition.Tags ?? []), ...Tags]) });
    return {};
  }

  /** Keys that no tag has are no error. @throws AwsError `ResourceNotFoundException`. */
  async untag(name: string, input: OperationInput): Promise<object> {
    const { TagKeys } = parseInput(tagKeysInput, input);
    const { Tags = [], ...others } = this.#definition(name);
    await this.#change({ ...others, Tags: Tags.filter(({ Key }) => !TagKeys.includes(Key)) });
    return {};
  }

  #definition(name: string): TableDefinition {
    const definition = this.#options.tables.get(name);
    if (definition === undefined) {
      throw resourceNotFound(`Table: ${name}`);
    }
    return definition;
  }

  async #change(definition: TableDefinition): Promise<void> {
    const { TableName: name } = definition;
    await this.#options.tables.update(definition);
    if (this.#records.has(idOf(name))) {
      this.#records.put(idOf(name), definition);
    }
  }

  #definitionOf(input: OperationInput): TableDefinition {
    const given = parseInput(createInput, input);
    const { DeletionProtectionEnabled, SSESpecification, StreamSpecification, Tags } = given;
    if (SSESpecification?.Enabled === true) {
      throw notEmulated("SSESpecification of CreateTable");
    }
    const own = new Set(Object.keys(createInput.shape));
    const checked = Object.fromEntries(Object.entries(input).filter(([name]) => !own.has(name)));
    checkAttributes(checked.AttributeDefinitions);
    checkKeyNames(checked.KeySchema, "keySchema");
    this.#options.engine.check("CreateTable", checked);
    const Stream = StreamSpecification && streamOf(StreamSpecification, this.#options.clock());
    const table: TableDefinition = {
      BillingMode: "PROVISIONED",
      ...(checked as object as Omit<TableDefinition, "BillingMode">),
    };
    requireThroughputs(table);
    return {
      ...table,
      ...(DeletionProtectionEnabled !== undefined && { DeletionProtectionEnabled }),
      ...(Stream && { Stream }),
      ...(Tags && { Tags: checkedTags(Tags) }),
    };
  }
}

/** Names of tables may be too long for names of files. */
function idOf(name: string): string {
  return derivedUuid(name);
}

/**
 * One tag for each key: the last.
 *
 * @throws AwsError `ValidationException`.
 */
function checkedTags(list: z.infer<typeof tagsInput>): z.infer<typeof tagsInput> {
  const tags = tagsIn(list);
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw invalidParameters(problem);
  }
  return tagList(tags);
}
