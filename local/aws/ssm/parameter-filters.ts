import { z } from "zod";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { repeated } from "../repeated";
import type { DeclaredParameter } from "./operations";
import { tierOf } from "./parameter";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
export const parameterFilters = z
  .array(
    z.object({
      Key: z
        .string()
        .min(1)
        .max(132)
        .regex(/^(tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType)$/),
      Option: z.string().min(1).max(10).optional(),
      Values: z.array(z.string().min(1).max(1024)).min(1).max(50).optional(),
    }),
  )
  .default([]);

type Filter = z.infer<typeof parameterFilters>[number];

type Test = (parameter: DeclaredParameter) => boolean;

/** What lists of parameters are filtered by, as it is said where something else is given. */
export const filterKeys = {
  described: ["Path", "Name", "Type", "KeyId", "Tier"],
  byPath: ["Type", "KeyId"],
} as const;

/** What can be compared with the values of a filter. */
const texts: Readonly<Record<string, (parameter: DeclaredParameter) => string>> = {
  DataType: () => "text",
  KeyId: ({ versions }) => versions.at(-1)?.keyId ?? "",
  Name: ({ definition }) => definition.name,
  // Nothing, of those at the root.
  Path: ({ definition: { name } }) => name.slice(0, Math.max(name.lastIndexOf("/"), 0)),
  Tier: ({ definition }) => tierOf(definition),
  Type: ({ definition }) => definition.type,
};

const options: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  BeginsWith: (text, value) => text.startsWith(value),
  Contains: (text, value) => text.includes(value),
  Equals: (text, value) => text === value,
  OneLevel: (text, value) => text === withoutSlash(value),
  Recursive: (text, value) => `${text}/`.startsWith(`${withoutSlash(value)}/`),
};

/**
 * What parameters pass all filters.
 *
 * @param keys that this list can be filtered by.
 * @throws AwsError `InvalidFilterKey`, `InvalidFilterOption`, `InvalidFilterValue`; `NotImplemented` for labels.
 */
export function filterOf(filters: readonly Filter[], keys: keyof typeof filterKeys): Test {
  const double = repeated(filters.map(({ Key }) => Key));
  if (double !== undefined) {
    throw new AwsError(
      "InvalidFilterKey",
      `The following filter is duplicated in the request: ${double}. A request can contain only one occurrence of a specific filter.`,
    );
  }
  const tests = filters.map((filter) => testOf(filter, keys));
  return (parameter) => tests.every((test) => test(parameter));
}

function testOf(filter: Filter, keys: keyof typeof filterKeys): Test {
  const { Key, Values } = filter;
  requireKey(Key, keys);
  const compare = optionOf(filter);
  const tag = Key.startsWith("tag:") ? Key.slice("tag:".length) : undefined;
  if (Values === undefined && tag === undefined) {
    const message = `The following filter values are missing : null for filter key ${Key}`;
    throw new AwsError("InvalidFilterValue", message);
  }
  return (parameter) => {
    const text = tag === undefined ? texts[Key]?.(parameter) : parameter.definition.tags?.[tag];
    return text !== undefined && (Values?.some((value) => compare(text, value)) ?? true);
  };
}

function requireKey(key: string, keys: keyof typeof filterKeys): void {
  if (key === "Label" && keys === "byPath") {
    throw notEmulated("the parameter filter Label of SSM");
  }
  const isOther = keys === "described" && (key === "DataType" || key.startsWith("tag:"));
  if (!isOther && !(filterKeys[keys] as readonly string[]).includes(key)) {
    throw new AwsError(
      "InvalidFilterKey",
      `The following filter key is not valid: ${key}. Valid filter keys include: [${filterKeys[keys].join(", ")}].`,
    );
  }
}

function optionOf({ Key, Option }: Filter): (text: string, value: string) => boolean {
  const equality = Key === "Name" ? ["BeginsWith", "Equals", "Contains"] : ["BeginsWith", "Equals"];
  const valid = Key === "Path" ? ["Recursive", "OneLevel"] : equality;
  const option = Option ?? (Key === "Path" ? "OneLevel" : "Equals");
  const compare = valid.includes(option) ? options[option] : undefined;
  if (!compare) {
    throw new AwsError(
      "InvalidFilterOption",
      `The following filter option is not valid: ${option}. Valid options include: [${valid.join(", ")}].`,
    );
  }
  return compare;
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, "");
}
