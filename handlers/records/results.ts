import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { newestFirst } from "../aws/newest-first";
import type { Position } from "../http/cursor";
import {
  positionOf,
  type ResultDescription,
  resultItem,
  type ResultItem,
  resultsTableKeys,
  userRecordHash,
  userResultsIndex,
} from "./results-table";

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

  /**
   * Results of the record with this id, newest first.
   *
   * @param userId whose; those of all users when left out.
   * @param after where to go on.
   * @param pageSize how many items one request to DynamoDB reads.
   */
  async *list(
    id: string,
    userId: string | undefined,
    after: Position | undefined,
    pageSize: number,
  ): AsyncGenerator<ResultDescription> {
    const own = userId !== undefined && { userRecord: userRecordHash(userId, id) };
    const partition = {
      table: this.#table,
      ...(own
        ? { index: userResultsIndex, attribute: resultsTableKeys.userRecord, value: own.userRecord }
        : { attribute: resultsTableKeys.id, value: id }),
    };
    const startingToken = after && { id, position: keyOf(after), ...own };
    for await (const items of newestFirst(this.#client, partition, { pageSize, startingToken })) {
      yield* (items as ResultItem[]).map(toDescription);
    }
  }
}

function keyOf({ timestamp, id: resultId }: Position): string {
  return positionOf({ timestamp, resultId });
}

/** What is in an item, without what only the table and its index need. */
function toDescription({
  resultId,
  id,
  timestamp,
  bytes,
  s3Key,
  userId,
}: ResultItem): ResultDescription {
  return { resultId, id, timestamp, bytes, s3Key, ...(userId !== undefined && { userId }) };
}
