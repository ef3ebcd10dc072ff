import { type AttributeValue, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createHandler as createDelete } from "../../../handlers/delete-record";
import { createHandler as createGet } from "../../../handlers/get-record";
import { createHandler as createPut } from "../../../handlers/put-record";
import type { LocalDynamoDb } from "../../../local/tests/aws/dynamodb/support/local-dynamodb";
import {
  apiEvent,
  call,
  context,
  type Exchange,
  logging,
  type RequestParts,
  settings,
} from "../support";

/** A row of the records table, as it is. */
export type Row = Record<string, AttributeValue>;

/** Asks operations on records, and looks behind them. */
export class RecordRequests {
  readonly #dynamoDb: () => LocalDynamoDb;
  /** Environment of the functions. */
  environment: NodeJS.ProcessEnv = settings;

  constructor(dynamoDb: () => LocalDynamoDb) {
    this.#dynamoDb = dynamoDb;
  }

  /** @param body its JSON text. */
  put(id: string, body: string, parts: RequestParts = {}): Promise<Exchange> {
    const event = this.#event("PUT", id, { ...parts, body });
    return call(createPut(this.environment), event);
  }

  get(id: string, parts: RequestParts = {}): Promise<Exchange> {
    return call(createGet(this.environment), this.#event("GET", id, parts));
  }

  delete(id: string, parts: RequestParts = {}): Promise<Exchange> {
    return call(createDelete(this.environment), this.#event("DELETE", id, parts));
  }

  #event(method: string, id: string, { headers, ...parts }: RequestParts): APIGatewayProxyEvent {
    return apiEvent({
      method,
      resource: "/records/{id}",
      id: encodeURIComponent(id),
      headers: { "Content-Type": "application/json", ...headers },
      ...parts,
    });
  }

  /** The statuses of answers to requests that come at once. */
  async putTogether(...requests: Parameters<RecordRequests["put"]>[]): Promise<number[]> {
    const handler = createPut(this.environment);
    const { result } = await logging(() =>
      Promise.all(
        requests.map(([id, body, parts]) =>
          handler(this.#event("PUT", id, { ...parts, body }), context),
        ),
      ),
    );
    return result.map(({ statusCode }) => statusCode);
  }

  /** Puts a row by hand, as who imports records does. */
  async store(Item: Row): Promise<void> {
    const { client } = this.#dynamoDb();
    await client.send(new PutItemCommand({ TableName: settings.RECORDS_TABLE, Item }));
  }

  async stored(id: string): Promise<Row | undefined> {
    const Key = { id: { S: id } };
    const { Item } = await this.#dynamoDb().client.send(
      new GetItemCommand({ TableName: settings.RECORDS_TABLE, Key, ConsistentRead: true }),
    );
    return Item;
  }
}
