import {
  type DynamoDBDocumentClient,
  paginateQuery,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/lib-dynamodb";

/** One partition of an index, or of a table, whose sort key begins with a time. */
export interface TimedPartition {
  table: string;
  /** `@default` the table itself, which is read with all that was acknowledged */
  index?: string;
  /** The partition key of the index, or of the table. */
  attribute: string;
  value: string;
}

/** How a partition is read. */
export interface Paging {
  /** How many items one request to DynamoDB reads. */
  pageSize: number;
  /** All key attributes of the item to go on after. */
  startingToken: Record<string, string> | undefined;
}

/** The items of a partition, newest first, in pages. */
export async function* newestFirst(
  client: DynamoDBDocumentClient,
  { table, index, attribute, value }: TimedPartition,
  paging: Paging,
): AsyncGenerator<NonNullable<QueryCommandOutput["Items"]>> {
  const query: QueryCommandInput = {
    TableName: table,
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
    KeyConditionExpression: "#attribute = :value",
    ExpressionAttributeNames: { "#attribute": attribute },
    ExpressionAttributeValues: { ":value": value },
    ScanIndexForward: false,
  };
  for await (const { Items = [] } of paginateQuery({ client, ...paging }, query)) {
    yield Items;
  }
}
