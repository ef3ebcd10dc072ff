import { isUnknown as isUnknownToSdk } from "@pulumi/pulumi/output";

/** Whether a value is not known before the resource that it comes from exists. */
export function isUnknown(value: unknown): boolean {
  return isUnknownToSdk(value);
}

/** Whether the program says anything at all. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether the program asks for something: `false`, 0, an empty text and an empty list do not. */
export function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
