import type { ConfigValue } from "./config-value";
import { maxInt64, minInt64 } from "./integer-limits";

/** The type that a project declares for a config value. */
export interface ConfigType {
  name: string;
  /** The type of an array's elements. */
  items?: ConfigType;
}

const integerText = /^[+-]?\d+$/;

/** As Pulumi writes it in messages, such as `array<string>`. */
export function describeType({ name, items }: ConfigType): string {
  return items ? `array<${describeType(items)}>` : name;
}

/**
 * Whether `value` is of the type, by Pulumi's rules: integers and booleans may also be text, and
 * integers have 64 bits.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/workspace/project.go `ValidateConfigValue`
 */
export function isOfType(value: ConfigValue, type: ConfigType): boolean {
  const { items } = type;
  switch (type.name) {
    case "string":
      return typeof value === "string";
    case "integer":
      return isInteger(value);
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return value instanceof Map;
    case "array":
      return (
        Array.isArray(value) &&
        items !== undefined &&
        value.every((element) => isOfType(element, items))
      );
    default:
      return false;
  }
}

function isInteger(value: ConfigValue): boolean {
  if (typeof value === "number") {
    return Number.isInteger(value);
  }
  const integer =
    typeof value === "string" && integerText.test(value) ? BigInt(value.replace("+", "")) : value;
  return typeof integer === "bigint" && integer >= minInt64 && integer <= maxInt64;
}
