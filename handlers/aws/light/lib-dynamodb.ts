import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  TranslateConfig,
  UpdateCommandInput,
  UpdateCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import type { DynamoDBClient } from "./client-dynamodb";
import { JsonCommand } from "./json-service";
import { Translator } from "./translator";

/** Calls DynamoDB, with values as JavaScript has them. */
export class DynamoDBDocumentClient {
  readonly #client: DynamoDBClient;
  readonly #translator: Translator;

  private constructor(client: DynamoDBClient, config: TranslateConfig) {
    this.#client = client;
    this.#translator = new Translator(config);
  }

  static from(client: DynamoDBClient, config: TranslateConfig = {}): DynamoDBDocumentClient {
    return new DynamoDBDocumentClient(client, config);
  }

  async send<Input extends object, Output extends object>({
    operation,
    input,
  }: JsonCommand<Input, Output>): Promise<Output> {
    const output = await this.#client.carryOut(operation, this.#translator.typed(input));
    return this.#translator.plain(output) as unknown as Output;
  }
}

/**
 * The answers to a query, one after the other, until there is nothing further.
 *
 * @param query `pageSize` and `startingToken` take the place of what it says of them.
 */
export async function* paginateQuery(
  {
    client,
    pageSize,
    startingToken,
  }: {
    client: DynamoDBDocumentClient;
    pageSize?: number | undefined;
    startingToken?: QueryCommandInput["ExclusiveStartKey"];
  },
  query: QueryCommandInput,
): AsyncGenerator<QueryCommandOutput> {
  let position = startingToken;
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        ...query,
        ...(pageSize !== undefined && { Limit: pageSize }),
        ...(position && { ExclusiveStartKey: position }),
      }),
    );
    yield page;
    position = page.LastEvaluatedKey;
  } while (position);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export class GetCommand extends JsonCommand<GetCommandInput, GetCommandOutput> {
  readonly operation = "GetItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export class BatchGetCommand extends JsonCommand<BatchGetCommandInput, BatchGetCommandOutput> {
  readonly operation = "BatchGetItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export class QueryCommand extends JsonCommand<QueryCommandInput, QueryCommandOutput> {
  readonly operation = "Query";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export class PutCommand extends JsonCommand<PutCommandInput, PutCommandOutput> {
  readonly operation = "PutItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export class UpdateCommand extends JsonCommand<UpdateCommandInput, UpdateCommandOutput> {
  readonly operation = "UpdateItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export class DeleteCommand extends JsonCommand<DeleteCommandInput, DeleteCommandOutput> {
  readonly operation = "DeleteItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export class TransactWriteCommand extends JsonCommand<
  TransactWriteCommandInput,
  TransactWriteCommandOutput
> {
  readonly operation = "TransactWriteItems";
}
