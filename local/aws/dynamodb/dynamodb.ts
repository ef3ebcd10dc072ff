import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { AwsError } from "../aws-error";
import { faultPoint } from "../fault-point";
import { loopback } from "../http";
import { accessDeniedMessage } from "../iam/access-denied-message";
import type { Authenticator, Authorizer, Principal } from "../iam/types";
import type { Service, ServiceOptions } from "../types";
import { accessesOf, type Access } from "./access";
import { dynamoDbApi } from "./api";
import { Engine, type EngineAnswer } from "./engine";
import type { OperationInput } from "./operations";
import { resourceNotFound } from "./errors";
import { refusals } from "./refusals";
import type { TableDefinition } from "./table-definition";
import { TableStore } from "./table-store";

/** What DynamoDB is made with. */
export interface DynamoDbOptions extends ServiceOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  authorizer: Authorizer;
}

/**
 * DynamoDB: dynalite, behind a check of every request's signature and permissions. Items are kept
 * over restarts, and writes that were answered survive a kill.
 *
 * Not emulated: transactions, PartiQL, streams, expiry by time to live, backups, global tables, tags,
 * throttling by capacity, and changes of a table over its API.
 */
export class DynamoDb implements Service {
  readonly #options: DynamoDbOptions;
  #engine: Engine | undefined;
  #store: TableStore | undefined;
  #url = "";

  constructor(options: DynamoDbOptions) {
    this.#options = options;
  }

  /** Where the API listens. */
  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const { account, dataDir, authenticator, faults } = this.#options;
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const engine = new Engine(
      join(dataDir, "tables"),
      dynamoDbApi({
        authenticator,
        faultPoint: faultPoint("dynamodb", faults, refusals),
        perform: (...call) => this.#perform(...call),
      }),
    );
    this.#engine = engine;
    this.#store = new TableStore(engine, account);
    this.#url = `http://${loopback}:${await engine.listen()}`;
  }

  async stop(): Promise<void> {
    await this.#engine?.close();
  }

  /**
   * Creates a table, or takes the one that an earlier run left, with its items.
   *
   * @throws AwsError `ValidationException` and such; `ResourceInUseException` when a table is there
   * already, or one with other keys or indexes was left.
   */
  async createTable(definition: TableDefinition): Promise<{ arn: string }> {
    await this.#tables.create(definition);
    return { arn: this.#tables.arn(definition.TableName) };
  }

  get #tables(): TableStore {
    return started(this.#store);
  }

  async #perform(
    principal: Principal,
    operation: string,
    input: OperationInput,
  ): Promise<EngineAnswer> {
    const accesses = accessesOf(operation, input, (name) => this.#tables.get(name));
    for (const access of accesses) {
      this.#authorize(principal, operation, access);
    }
    const { TableName = "" } = input;
    switch (operation) {
      case "ListTables":
        return ok(this.#tables.list(input));
      case "DescribeTable":
        return ok({ Table: await this.#tables.describe(TableName) });
      case "DeleteTable":
        return ok(await this.#tables.delete(TableName));
      default:
        this.#requireTables(accesses);
        return started(this.#engine).call(operation, input);
    }
  }

  #requireTables(accesses: Access[]): void {
    for (const { tableName } of accesses) {
      if (tableName !== undefined && this.#tables.get(tableName) === undefined) {
        throw resourceNotFound();
      }
    }
  }

  #authorize(principal: Principal, operation: string, access: Access): void {
    const { tableName, indexName, context } = access;
    const action = `dynamodb:${operation}`;
    const resource = tableName === undefined ? "*" : this.#tables.arn(tableName, indexName);
    const { authorizer } = this.#options;
    const question = { principal, action, resource, context };
    const decision = authorizer.authorize(question);
    if (!decision.allowed) {
      throw new AwsError("AccessDeniedException", accessDeniedMessage(question, decision));
    }
  }
}

function started<Part>(part: Part | undefined): Part {
  if (part === undefined) {
    throw new Error("DynamoDB has not been started.");
  }
  return part;
}

function ok(output: object): EngineAnswer {
  return { statusCode: 200, body: JSON.stringify(output) };
}
