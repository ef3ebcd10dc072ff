import { isObject } from "../../is-object";

/** An attribute's value as DynamoDB has it, such as `{"S": "ada"}`. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** An item as DynamoDB has it. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/**
 * An item as people read it: numbers are numbers where JavaScript has them exactly and texts where it
 * does not, bytes are Base64, sets are lists.
 */
export function plainItem(item: AttributeMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

function plain(attribute: unknown): unknown {
  const [[type, value] = ["", undefined]] = isObject(attribute) ? Object.entries(attribute) : [];
  switch (type) {
    case "NULL":
      return null;
    case "N":
      return numberOf(String(value));
    case "NS":
      return (value as string[]).map(numberOf);
    case "L":
      return (value as unknown[]).map(plain);
    case "M":
      return plainItem(value as AttributeMap);
    default:
      // S, BOOL, B, SS and BS travel as what they are read as.
      return value;
  }
}

function numberOf(text: string): number | string {
  const number = Number(text);
  return digitsOf(String(number)) === digitsOf(text) ? number : text;
}

/** What two ways of writing one number have in common: DynamoDB has 38 digits, a double 15 for sure. */
function digitsOf(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = `${whole}${fraction}`;
  const significant = digits.replace(/^0+/, "").replace(/0+$/, "");
  const trailing = digits.length - digits.replace(/0+$/, "").length;
  return `${significant}e${significant && Number(exponent) - fraction.length + trailing}`;
}
