import { join } from "node:path";
import { z } from "zod";

import { derivedUuid } from "../derived-uuid";
import { parseInput } from "../parse-input";
import { RecordFolder } from "../record-folder";
import { tagList, tagsIn } from "../tag-list";
import { tagProblem } from "../tags";
import { checkAttributes, requireThroughputs } from "./check-indexes";
import type { Engine } from "./engine";
import { resourceNotFound, validationError } from "./errors";
import type { OperationInput } from "./operation-input";
import { beingMade } from "./table-capacity";
import type { StreamDefinition, TableDefinition } from "./table-definition";
import type { TableStore } from "./table-store";

const tagsInput = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
const tagKeysInput = z.object({ TagKeys: z.array(z.string().min(1).max(128)).min(1) });

/** What CreateTable takes besides what dynalite checks. */
const createInput = z.object({
  DeletionProtectionEnabled: z.boolean().optional(),
  StreamSpecification: z
    .strictObject({
      StreamEnabled: z.boolean(),
      StreamViewType: z
        .enum(["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"])
        .optional(),
    })
    .optional(),
  Tags: tagsInput.optional(),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TimeToLiveSpecification.html */
const timeToLiveInput = z.object({
  TimeToLiveSpecification: z.strictObject({
    Enabled: z.boolean(),
    AttributeName: z.string().min(1).max(255),
  }),
});

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
    // Before the table is: one whose deletion the end of the process interrupts must not be opened at the next start.
    this.#records.remove(idOf(name));
    return tables.delete(name);
  }

  /** @throws AwsError `ResourceNotFoundException`, `ValidationException`. */
  updateTimeToLive(name: string, input: OperationInput): object {
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
    this.#change({ ...others, ...(Enabled && { TimeToLiveAttribute: AttributeName }) });
    return { TimeToLiveSpecification };
  }

  /** @throws AwsError `ResourceNotFoundException`, `ValidationException`. */
  tag(name: string, input: OperationInput): object {
    const { Tags } = parseInput(z.object({ Tags: tagsInput.min(1) }), input);
    const definition = this.#definition(name);
    this.#change({ ...definition, Tags: checkedTags([...(definition.Tags ?? []), ...Tags]) });
    return {};
  }

  /** Keys that no tag has are no error. @throws AwsError `ResourceNotFoundException`. */
  untag(name: string, input: OperationInput): object {
    const { TagKeys } = parseInput(tagKeysInput, input);
    const { Tags = [], ...others } = this.#definition(name);
    this.#change({ ...others, Tags: Tags.filter(({ Key }) => !TagKeys.includes(Key)) });
    return {};
  }

  #definition(name: string): TableDefinition {
    const definition = this.#options.tables.get(name);
    if (definition === undefined) {
      throw resourceNotFound(`Table: ${name}`);
    }
    return definition;
  }

  #change(definition: TableDefinition): void {
    const { TableName: name } = definition;
    this.#options.tables.update(definition);
    if (this.#records.has(idOf(name))) {
      this.#records.put(idOf(name), definition);
    }
  }

  #definitionOf(input: OperationInput): TableDefinition {
    const { DeletionProtectionEnabled, StreamSpecification, Tags } = parseInput(createInput, input);
    const own = new Set(Object.keys(createInput.shape));
    const checked = Object.fromEntries(Object.entries(input).filter(([name]) => !own.has(name)));
    checkAttributes(checked.AttributeDefinitions);
    this.#options.engine.check("CreateTable", checked);
    const Stream = this.#streamOf(StreamSpecification);
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

  #streamOf(
    specification: z.infer<typeof createInput>["StreamSpecification"],
  ): StreamDefinition | undefined {
    const { StreamEnabled = false, StreamViewType } = specification ?? {};
    if (StreamEnabled !== (StreamViewType !== undefined)) {
      throw validationError(
        `One or more parameter values were invalid: StreamViewType ${StreamEnabled ? "is required" : "is not allowed"} where StreamEnabled is ${StreamEnabled}`,
      );
    }
    const StreamLabel = this.#options.clock().toISOString().slice(0, -1);
    return StreamViewType && { StreamViewType, StreamLabel };
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
    throw validationError(`One or more parameter values were invalid: ${problem}`);
  }
  return tagList(tags);
}
