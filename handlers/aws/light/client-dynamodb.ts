import { randomUUID } from "node:crypto";
import type {
  AttributeValue,
  CancellationReason,
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { requestText, withBytes } from "./attributes";
import { regionalEndpoint } from "./endpoints";
import { type Failure, type ResponseMetadata, ServiceException } from "./exceptions";
import { type FailedAnswer, JsonCommand, JsonService } from "./json-service";
import type { ClientOptions } from "./service";

const dialect = {
  signingName: "dynamodb",
  target: "DynamoDB_20120810",
  version: "1.0",
} as const;

/** Calls DynamoDB, with values that name their types. */
export class DynamoDBClient extends JsonService {
  constructor(options: ClientOptions) {
    super(regionalEndpoint("dynamodb"), dialect, options, readFailure);
  }

  async send<Input extends object, Output extends object>({
    operation,
    input,
  }: JsonCommand<Input, Output>): Promise<Output> {
    return (await this.carryOut(operation, input)) as unknown as Output;
  }

  /** Carries out an operation whose values name their types. */
  async carryOut(
    operation: string,
    input: object,
  ): Promise<Record<string, unknown> & { $metadata: ResponseMetadata }> {
    // Under its token, a transaction that is repeated is the same one.
    const tokened =
      operation === "TransactWriteItems" ? { ClientRequestToken: randomUUID(), ...input } : input;
    return await this.invoke(operation, requestText(tokened), (text) =>
      withBytes(JSON.parse(text) as Record<string, unknown>, text),
    );
  }
}

function readFailure(failure: Failure, answer: FailedAnswer, text: string): Error {
  const { Item, CancellationReasons } = withBytes(answer, text) as {
    Item?: Record<string, AttributeValue>;
    CancellationReasons?: CancellationReason[];
  };
  switch (failure.name) {
    case "ConditionalCheckFailedException":
      return new ConditionalCheckFailedException({ ...failure, Item });
    case "TransactionCanceledException":
      return new TransactionCanceledException({ ...failure, CancellationReasons });
    case "TransactionConflictException":
      return new TransactionConflictException(failure);
    default:
      return new ServiceException(failure);
  }
}

/** The condition of a write was not met. */
export class ConditionalCheckFailedException extends ServiceException {
  /** The item, if the write has asked for it. */
  readonly Item: Record<string, AttributeValue> | undefined;

  constructor(failure: Failure & { Item?: Record<string, AttributeValue> | undefined }) {
    super(failure);
    this.Item = failure.Item;
  }
}

/** A transaction was not carried out. */
export class TransactionCanceledException extends ServiceException {
  /** One for each of its actions. */
  readonly CancellationReasons: CancellationReason[] | undefined;

  constructor(failure: Failure & { CancellationReasons?: CancellationReason[] | undefined }) {
    super(failure);
    this.CancellationReasons = failure.CancellationReasons;
  }
}

/** A transaction is in the way. */
export class TransactionConflictException extends ServiceException {}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export class GetItemCommand extends JsonCommand<GetItemCommandInput, GetItemCommandOutput> {
  readonly operation = "GetItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export class PutItemCommand extends JsonCommand<PutItemCommandInput, PutItemCommandOutput> {
  readonly operation = "PutItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export class UpdateItemCommand extends JsonCommand<
  UpdateItemCommandInput,
  UpdateItemCommandOutput
> {
  readonly operation = "UpdateItem";
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export class DeleteItemCommand extends JsonCommand<
  DeleteItemCommandInput,
  DeleteItemCommandOutput
> {
  readonly operation = "DeleteItem";
}
