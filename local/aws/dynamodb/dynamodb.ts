import { mkdir } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";

import { AwsError } from "../aws-error";
import { faultPoint } from "../fault-point";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { Authenticator, Authorizer, Principal } from "../iam/types";
import type { Kms } from "../kms/kms";
import { ServicePort } from "../service-port";
import type { MetricSink, Service, ServiceOptions } from "../types";
import { accessesOf, type Access } from "./access";
import { dynamoDbApi } from "./api";
import { Engine } from "./engine";
import { resourceNotFound } from "./errors";
import { checkExpressionSizes } from "./expression-size";
import { Housekeeping } from "./housekeeping";
import { inExpressions, inLegacyWords } from "./legacy-parameters";
import { ManagedTables } from "./managed-tables";
import type { OperationInput } from "./operation-input";
import { refusals } from "./refusals";
import { RequestTokens } from "./request-tokens";
import { ownNamed } from "./safe-names";
import { isForStreams, streamsApi } from "./streams/api";
import type { StreamLog } from "./streams/stream-log";
import { StreamReaders } from "./streams/stream-readers";
import { namedTables, ofTable, withTableArns } from "./table-arns";
import type { TableDefinition } from "./table-definition";
import { TableStore } from "./table-store";
import { views } from "./table-views";
import { publishThrottles } from "./throttle-metrics";
import { TimeToLive } from "./time-to-live";
import { Transactions } from "./transactions";

/** What DynamoDB is made with. */
export interface DynamoDbOptions extends ServiceOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  authorizer: Authorizer;
  /** Where it is published that requests are throttled. Default nowhere. */
  metrics?: MetricSink;
  /** Keys of KMS, by which tables may be encrypted. Default: of that which AWS makes for DynamoDB nothing is told. */
  keys?: Pick<Kms, "find">;
  /** Milliseconds between two searches for expired items. Default a minute; AWS takes up to days. */
  sweepIntervalMs?: number;
}

/** What there is of DynamoDB while it runs. */
interface Running {
  engine: Engine;
  tables: TableStore;
  managed: ManagedTables;
  transactions: Transactions;
  housekeeping: Housekeeping;
}

/**
 * DynamoDB: dynalite, behind a check of every request's signature and permissions. Items are kept
 * over restarts, and writes that were answered survive a kill.
 *
 * Not emulated: PartiQL, backups, global tables, throttling by capacity, and changes of a table's encryption over
 * its API.
 */
export class DynamoDb implements Service {
  readonly #options: DynamoDbOptions;
  readonly #port: ServicePort;
  /** What lets services within the process read streams. */
  readonly readers: StreamReaders;
  #running: Running | undefined;

  constructor(options: DynamoDbOptions) {
    this.#options = options;
    this.readers = new StreamReaders(() => this.streams, options.authorizer);
    this.#port = new ServicePort(createServer(this.#api()), "dynamodb", "DynamoDB", options);
  }

  /** Answers requests of SDKs that arrived elsewhere. */
  get answer(): RequestListener {
    return this.#port.answer;
  }

  /** Where the API listens. */
  get url(): string {
    return this.#port.url;
  }

  async start(): Promise<void> {
    const { account, clock, dataDir, notify, sweepIntervalMs = 60_000 } = this.#options;
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const engine = new Engine(join(dataDir, "tables"), { region: account.region, clock });
    await engine.open();
    const { keys } = this.#options;
    const tables = new TableStore(engine, account, () => keys?.find("alias/aws/dynamodb").arn);
    const tokens = new RequestTokens(engine.store, clock);
    this.#running = {
      engine,
      tables,
      managed: new ManagedTables({ engine, tables, clock, dataDir }),
      transactions: new Transactions(engine, tokens),
      housekeeping: new Housekeeping({
        chores: [new TimeToLive(engine, tables, clock), tokens, engine.streams],
        intervalMs: sweepIntervalMs,
        notify,
      }),
    };
    await this.#running.managed.restore();
    await this.#port.open();
  }

  async stop(): Promise<void> {
    if (this.#running !== undefined) {
      await this.#port.close();
      await this.#running.housekeeping.stop();
      await this.#running.engine.close();
    }
  }

  /**
   * Creates a table, or takes the one that an earlier run left, with its items.
   *
   * @throws AwsError `ValidationException` and such; `ResourceInUseException` when a table is there
   * already, or one with other keys or local indexes was left.
   */
  async createTable(definition: TableDefinition): Promise<void> {
    await this.#tables.create(definition);
  }

  /** Takes the table that an earlier run left; one that has been deleted since is not made anew. */
  async openTable(definition: TableDefinition): Promise<void> {
    await this.#tables.open(definition);
  }

  /** Whether there is a table of that name. */
  hasTable(name: string): boolean {
    return this.#tables.get(name) !== undefined;
  }

  /**
   * Changes capacities, billing mode, time to live, stream, protection and global indexes of a table, of which new ones
   * are filled with the items that are there.
   *
   * @throws AwsError `ResourceNotFoundException`; `ResourceInUseException` while it changes already; `NotImplemented`
   * for a change of keys or local indexes.
   */
  async updateTable(definition: TableDefinition): Promise<void> {
    await this.#tables.update(definition);
  }

  /**
   * Deletes a table with its items; one that is gone already is no error.
   *
   * @throws AwsError `ValidationException` when it is protected.
   */
  async deleteTable(name: string): Promise<void> {
    if (this.hasTable(name)) {
      await this.#parts.managed.delete(name);
    }
  }

  /** @throws AwsError as {@link DynamoDb.deleteTable}. */
  requireDeletable(name: string): void {
    this.#tables.requireUnprotected(name);
  }

  /** How many items a table has; of one that is gone there is none. */
  async itemCount(name: string): Promise<number> {
    return this.hasTable(name) ? await this.#tables.itemCount(name) : 0;
  }

  /**
   * Performs an operation for a caller within the process, whose word for who it is is taken.
   *
   * @throws AwsError
   */
  async perform(principal: Principal, operation: string, input: OperationInput): Promise<object> {
    return ownNamed(await this.#perform(principal, operation, input));
  }

  async #perform(principal: Principal, operation: string, given: OperationInput): Promise<object> {
    const arnOf = (name: string) => this.#tables.arn(name);
    const { input: named, arns } = namedTables(ofTable(operation, given, arnOf), arnOf);
    checkExpressionSizes(named);
    const input = inExpressions(named, (part) => {
      this.#parts.engine.check(operation, part);
    });
    try {
      return withTableArns(await this.#performNamed(principal, operation, input), arns);
    } catch (error) {
      throw inLegacyWords(named, error);
    }
  }

  async #performNamed(
    principal: Principal,
    operation: string,
    input: OperationInput,
  ): Promise<object> {
    const { TableName = "" } = input;
    const accesses = this.#accessesOf(operation, input);
    for (const access of accesses) {
      this.#authorize(principal, access);
    }
    if (Object.hasOwn(views, operation)) {
      const context = {
        clock: this.#options.clock,
        describe: () => this.#tables.describe(TableName),
      };
      return views[operation]?.(TableName, this.#tables.get(TableName), context) ?? {};
    }
    switch (operation) {
      case "ListTables":
        this.#parts.engine.check(operation, input);
        return this.#tables.list(input);
      case "CreateTable":
        return this.#createTable(principal, input);
      case "UpdateTable":
        return this.#parts.managed.update(TableName, input);
      case "UpdateTimeToLive":
        return this.#parts.managed.updateTimeToLive(TableName, input);
      case "TagResource":
        return this.#parts.managed.tag(TableName, input);
      case "UntagResource":
        return this.#parts.managed.untag(TableName, input);
      case "DescribeTable":
        return { Table: await this.#tables.describe(TableName) };
      case "DeleteTable":
        return this.#parts.managed.delete(TableName);
      default:
        this.#requireTables(operation, input, accesses);
        return this.#performOnItems(operation, input);
    }
  }

  async #createTable(principal: Principal, input: OperationInput): Promise<object> {
    if (input.Tags !== undefined) {
      this.#authorize(principal, {
        action: "TagResource",
        tableName: input.TableName,
        context: {},
      });
    }
    return this.#parts.managed.create(input);
  }

  /** The records of what changes items, for who reads them within the process. */
  get streams(): StreamLog {
    return this.#parts.engine.streams;
  }

  get #tables(): TableStore {
    return this.#parts.tables;
  }

  get #parts(): Running {
    if (this.#running === undefined) {
      throw new Error("DynamoDB has not been started.");
    }
    return this.#running;
  }

  #api(): RequestListener {
    const { authenticator, notify, metrics } = this.#options;
    const streams = streamsApi(this.#options, () => this.streams);
    const tables = dynamoDbApi({
      authenticator,
      notify,
      faultPoint: faultPoint("dynamodb", this.#options, refusals),
      perform: (...call) => this.#perform(...call),
      onThrottle: (operation, input) => {
        if (metrics) {
          const tableOf = (name: string) => this.#tables.get(name);
          publishThrottles(metrics, operation, accessesOf(operation, input, tableOf));
        }
      },
    });
    return (request, response) => {
      (isForStreams(request) ? streams : tables)(request, response);
    };
  }

  async #performOnItems(operation: string, input: OperationInput): Promise<object> {
    const { engine, transactions } = this.#parts;
    switch (operation) {
      case "TransactGetItems":
        return transactions.get(input);
      case "TransactWriteItems":
        return transactions.write(input);
      default:
        return engine.call(operation, input);
    }
  }

  #accessesOf(operation: string, input: OperationInput): Access[] {
    try {
      return accessesOf(operation, input, (name) => this.#tables.get(name));
    } catch (error) {
      // What is wrong with the input by itself is told first.
      this.#parts.engine.check(operation, input);
      throw error;
    }
  }

  #requireTables(operation: string, input: OperationInput, accesses: Access[]): void {
    for (const { tableName } of accesses) {
      if (tableName !== undefined && this.#tables.get(tableName) === undefined) {
        this.#parts.engine.check(operation, input);
        throw resourceNotFound();
      }
    }
  }

  #authorize(principal: Principal, access: Access): void {
    const { tableName, indexName, context } = access;
    const action = `dynamodb:${access.action}`;
    const resource = tableName === undefined ? "*" : this.#tables.arn(tableName, indexName);
    const { authorizer } = this.#options;
    const question = { principal, action, resource, context };
    const decision = authorizer.authorize(question);
    if (!decision.allowed) {
      throw new AwsError("AccessDeniedException", accessDeniedMessage(question, decision));
    }
  }
}
