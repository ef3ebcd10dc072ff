import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { type ResultDescription, resultItem } from "./results-table";

/** What there is to know of results, in the results table. */
export class Results {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Adds a result; one that is there already stays as it is, since it cannot be another. */
  async add(result: ResultDescription): Promise<void> {
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: resultItem(result) }));
  }
}
