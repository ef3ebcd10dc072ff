import { createRequire } from "node:module";

import type { Done, Store } from "dynalite/db";
import { checkTypes, checkValidations, toLowerFirst } from "dynalite/validations";

import { checkChoices } from "./check-choices";
import { requireSimpleKeys } from "./check-indexes";
import { checkExpressions } from "./check-expressions";
import { checkNames, checkValues } from "./check-values";
import type { Condition } from "./condition";
import { errorOf } from "./errors";
import type { AttributeMap, WriteRequest } from "./operation-input";
import { inOrder, type Updates } from "./update-expression";

/** The input of an operation, with its expressions parsed: nothing in it is wrong by itself. */
export interface CheckedInput {
  TableName?: string;
  IndexName?: string;
  Limit?: number;
  ConsistentRead?: boolean;
  ReturnConsumedCapacity?: string;
  ReturnItemCollectionMetrics?: string;
  Item?: AttributeMap;
  Key?: AttributeMap;
  ReturnValuesOnConditionCheckFailure?: string;
  /** Of BatchWriteItem. */
  RequestItems?: Record<string, WriteRequest[]>;
  Select?: string;
  /** Of Query. */
  KeyConditions?: object;
  ExclusiveStartKey?: AttributeMap;
  _condition?: { expression: Condition };
  _filter?: { expression: Condition };
  /** Each path begins with the name of an attribute. */
  _projection?: { paths?: readonly (readonly [string, ...(string | number)[]])[] };
  _updates?: Updates;
}

type Act = (store: Store, input: CheckedInput, done: Done<object>) => void;

interface Validation {
  types: object;
  custom: (input: object, store: Store) => string | undefined;
}

/** dynalite keeps each operation in modules of its name. */
const load = createRequire(__filename);

/** What dynalite lacks: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
const types = {
  ReturnValuesOnConditionCheckFailure: { type: "String", enum: ["ALL_OLD", "NONE"] },
};

/** The same by operation: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
const typesOf: Readonly<Record<string, object>> = { Scan: { ConsistentRead: "Boolean" } };

/**
 * Checks an input as far as that goes without looking at the table.
 *
 * @param operation such as `PutItem`.
 * @throws AwsError `SerializationException`, `ValidationException`; `NotImplemented` for indexes by several attributes.
 */
export function check(store: Store, operation: string, input: object): CheckedInput {
  const validation = load(`dynalite/validations/${toLowerFirst(operation)}`) as Validation;
  if (operation === "CreateTable") {
    requireSimpleKeys(input);
  }
  const allTypes = { ...types, ...typesOf[operation], ...validation.types };
  try {
    const checked = checkTypes({ ...input }, allTypes);
    checkNames(checked);
    checkValidations(checked, allTypes, validation.custom, store);
    checkChoices(operation, checked);
    checkValues(checked);
    checkExpressions(checked);
    const { _updates: updates } = checked as CheckedInput;
    return updates === undefined ? checked : { ...checked, _updates: inOrder(updates) };
  } catch (error) {
    throw errorOf(error as Error);
  }
}

/**
 * Performs an operation.
 *
 * @throws AwsError what DynamoDB would answer.
 */
export async function act(store: Store, operation: string, input: CheckedInput): Promise<object> {
  const action = load(`dynalite/actions/${toLowerFirst(operation)}`) as Act;
  return promised((done) => {
    action(store, input, done);
  });
}

/** The result of a function that takes a callback. */
export async function promised<Result>(call: (done: Done<Result>) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) {
        reject(errorOf(error));
      } else {
        resolve(result as Result);
      }
    });
  });
}
