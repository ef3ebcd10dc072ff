import type { TranslateConfig } from "@aws-sdk/lib-dynamodb";
import { convertToAttr, convertToNative } from "@aws-sdk/util-dynamodb";

type Members = Record<string, unknown>;

/** Makes one value of another. */
type Convert = (value: unknown) => unknown;

/** How a member of a call, or of an answer, is gone through. */
type Through = (member: unknown, convert: Convert) => unknown;

/** Each member is a value. */
const values: Through = (members, convert) =>
  mapMembers(members, (value) => (value === undefined ? undefined : convert(value)));

/** Each element is gone through likewise. */
const each =
  (through: Through): Through =>
  (elements, convert) =>
    (elements as readonly unknown[]).map((element) => through(element, convert));

/** Each member is gone through likewise, whatever its name. */
const every =
  (through: Through): Through =>
  (members, convert) =>
    mapMembers(members, (member) => through(member, convert));

/** Members of these names are gone through so, and others are left as they are. */
const only =
  (parts: Readonly<Record<string, Through>>): Through =>
  (members, convert) =>
    mapMembers(members, (member, name) => {
      const through = member === undefined ? undefined : parts[name];
      return through ? through(member, convert) : member;
    });

const action = only({ Key: values, Item: values, ExpressionAttributeValues: values });

/** Where calls have values. */
const input = only({
  Key: values,
  Item: values,
  ExpressionAttributeValues: values,
  ExclusiveStartKey: values,
  RequestItems: every(only({ Keys: each(values) })),
  TransactItems: each(every(action)),
});

/** Where answers have values. */
const output = only({
  Item: values,
  Items: each(values),
  Attributes: values,
  LastEvaluatedKey: values,
  Responses: every(each(values)),
  UnprocessedKeys: every(only({ Keys: each(values) })),
});

/** Turns values as JavaScript has them into such as name their types, and back, as the SDK does. */
export class Translator {
  readonly #typed: Convert;
  readonly #plain: Convert;

  constructor({ marshallOptions, unmarshallOptions }: TranslateConfig) {
    this.#typed = (value) => convertToAttr(value, marshallOptions);
    this.#plain = (value) => convertToNative(value as never, unmarshallOptions);
  }

  /** A call as DynamoDB takes it. */
  typed(call: object): object {
    return input(call, this.#typed) as object;
  }

  /** An answer as handlers take it. */
  plain(answer: object): object {
    return output(answer, this.#plain) as object;
  }
}

/** Members that come to nothing are left out. */
function mapMembers(members: unknown, map: (member: unknown, name: string) => unknown): Members {
  const mapped = Object.entries(members as Members).map(
    ([name, member]) => [name, map(member, name)] as const,
  );
  return Object.fromEntries(mapped.filter(([, member]) => member !== undefined));
}
