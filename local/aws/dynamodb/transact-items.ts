import { validationError } from "./errors";
import type { OperationInput, TableInput, TransactItem } from "./operation-input";

/** An action on one item, as transactions have them. */
export type TransactKind = "ConditionCheck" | "Delete" | "Get" | "Put" | "Update";

/** One action of a transaction. */
export interface TransactAction {
  kind: TransactKind;
  input: TableInput;
}

/** What an action is besides its part in a transaction. */
interface KindOfAction {
  /** The operation that does the same on its own; of DeleteItem, a check takes the condition. */
  operation: "DeleteItem" | "GetItem" | "PutItem" | "UpdateItem";
  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
  permission: string;
  members: readonly string[];
  /** A member that the operation on its own can do without. */
  required?: "ConditionExpression" | "UpdateExpression";
}

const write = [
  "TableName",
  "ConditionExpression",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnValuesOnConditionCheckFailure",
];

export const transactKinds: Readonly<Record<TransactKind, KindOfAction>> = {
  ConditionCheck: {
    operation: "DeleteItem",
    permission: "ConditionCheckItem",
    members: [...write, "Key"],
    required: "ConditionExpression",
  },
  Delete: { operation: "DeleteItem", permission: "DeleteItem", members: [...write, "Key"] },
  Get: {
    operation: "GetItem",
    permission: "GetItem",
    members: ["TableName", "ExpressionAttributeNames", "Key", "ProjectionExpression"],
  },
  Put: { operation: "PutItem", permission: "PutItem", members: [...write, "Item"] },
  Update: {
    operation: "UpdateItem",
    permission: "UpdateItem",
    members: [...write, "Key", "UpdateExpression"],
    required: "UpdateExpression",
  },
};

/** The actions that a transaction may have. */
export const transactions: Readonly<Record<string, readonly TransactKind[]>> = {
  TransactGetItems: ["Get"],
  TransactWriteItems: ["ConditionCheck", "Delete", "Put", "Update"],
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const maxActions = 100;

/** The actions in one member of a transaction: one, unless it is malformed. */
export function actionsIn(item: TransactItem): TransactAction[] {
  return (Object.keys(transactKinds) as TransactKind[]).flatMap((kind) => {
    const input = item[kind];
    return input === undefined ? [] : [{ kind, input }];
  });
}

/**
 * The actions of a transaction, in their order.
 *
 * @throws AwsError `ValidationException` when there are too few or too many, or one is malformed.
 */
export function actionsOf({ TransactItems = [] }: OperationInput): TransactAction[] {
  if (TransactItems.length === 0) {
    throw violation("transactItems", "Member must have length greater than or equal to 1");
  }
  if (TransactItems.length > maxActions) {
    throw violation("transactItems", `Member must have length less than or equal to ${maxActions}`);
  }
  return TransactItems.map((item, index) => {
    const [action, ...others] = actionsIn(item);
    if (action === undefined || others.length > 0) {
      throw validationError("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    requireMember(action, index + 1);
    return action;
  });
}

function requireMember({ kind, input }: TransactAction, position: number): void {
  const { required } = transactKinds[kind];
  if (required !== undefined && input[required] === undefined) {
    const path = ["transactItems", position, "member", ...[kind, required].map(toLowerFirst)];
    throw violation(path.join("."), "Member must not be null");
  }
}

function violation(path: string, constraint: string): Error {
  return validationError(
    `1 validation error detected: Value at '${path}' failed to satisfy constraint: ${constraint}`,
  );
}

function toLowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
