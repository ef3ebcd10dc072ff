import { specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { isObject } from "../is-object";

/** Marks a number that JSON does not have. */
const floatSig = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";

/** Those numbers, by the digits of their 64 bits. */
const floats = new Map([
  ["7fffffffffffffff", NaN],
  ["7ff0000000000000", Infinity],
  ["fff0000000000000", -Infinity],
]);

/**
 * A value in the form in which it travels, as Pulumi writes it in JSON: keys are sorted, and numbers
 * that JSON does not have are marked. The sign of -0 is lost.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/stack/deployment.go
 */
export function toJsonForm(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    const [bits] = [...floats].find(([, float]) => Object.is(float, value)) ?? [];
    return { [specialSigKey]: floatSig, value: bits };
  }
  if (Array.isArray(value)) {
    return value.map(toJsonForm);
  }
  if (!isObject(value)) {
    return value;
  }
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, toJsonForm(value[key])]));
}

/** The reverse of {@link toJsonForm}. */
export function fromJsonForm(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(fromJsonForm);
  }
  if (!isObject(value)) {
    return value;
  }
  if (value[specialSigKey] === floatSig) {
    return floats.get(String(value.value));
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromJsonForm(item)]));
}
