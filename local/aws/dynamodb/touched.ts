import type { AttributeMap, TableInput } from "./operation-input";

/** Words of the expression languages that are no names of attributes. */
const keywords = new Set(["ADD", "AND", "BETWEEN", "DELETE", "IN", "NOT", "OR", "REMOVE", "SET"]);

type Expressions = Pick<
  TableInput,
  | "ConditionExpression"
  | "ExpressionAttributeNames"
  | "ExpressionAttributeValues"
  | "FilterExpression"
  | "KeyConditionExpression"
  | "ProjectionExpression"
  | "UpdateExpression"
>;

/** The top-level attributes that expressions name: what `dynamodb:Attributes` holds. */
export function attributesIn(input: Expressions): string[] {
  const text = [
    input.ConditionExpression,
    input.FilterExpression,
    input.KeyConditionExpression,
    input.ProjectionExpression,
    input.UpdateExpression,
  ].join(" , ");
  // Neither a value (:a) nor a member of a document (a.b) nor a function (size (a)).
  const names = text.match(/(?<![\w.:#])#?[A-Za-z_]\w*(?!\w|\s*\()/g) ?? [];
  return names
    .filter((name) => !keywords.has(name.toUpperCase()))
    .map((name) => input.ExpressionAttributeNames?.[name] ?? name);
}

/** An attribute that has to be a value; either may come first. */
const equality = /(?<![\w:#])(?:(#?\w+)\s*=\s*(:\w+)|(:\w+)\s*=\s*(#?\w+))/g;

/** The values that a query's key condition demands of the partition key. */
export function partitionsIn(input: Expressions, partitionKey: string | undefined): string[] {
  const text = input.KeyConditionExpression?.replace(/[()]/g, " ");
  return [...(text?.matchAll(equality) ?? [])].flatMap((found) => {
    const [, name = found[4] ?? "", value = found[3] ?? ""] = found;
    return (input.ExpressionAttributeNames?.[name] ?? name) === partitionKey
      ? valuesOf(input.ExpressionAttributeValues ?? {}, value)
      : [];
  });
}

/** The value of an attribute as IAM compares it; none when there is no such attribute. */
export function valuesOf(item: AttributeMap, attribute: string | undefined): string[] {
  const value = attribute === undefined ? undefined : item[attribute];
  return Object.values(value ?? {}).map(String);
}
