import {
  deserializeProperties,
  isRpcSecret,
  serializeProperty,
  specialSecretSig,
  specialSigKey,
  unknownValue,
  unwrapRpcSecret,
} from "@pulumi/pulumi/runtime/rpc";
import type { Properties } from "../provider/resource";
import { Struct } from "./protobuf";

/** Properties as programs and providers see them, and which of them are secret. */
export interface PlainProperties {
  /**
   * Assets and archives are `pulumi.asset` objects. A value that is not known yet is the SDK's
   * `unknown`.
   */
  values: Properties;
  /** Names of the properties that are secret or have a secret somewhere inside. */
  secrets: string[];
}

/** Reads `struct`, in which the SDK marks secrets, assets and unknown values by signature keys. */
export function fromStruct(struct: Struct | undefined): PlainProperties {
  const values: Properties = {};
  const secrets: string[] = [];
  const received: Properties = struct ? deserializeProperties(struct, true) : {};
  for (const [name, value] of Object.entries(received)) {
    if (isRpcSecret(value)) {
      secrets.push(name);
    }
    values[name] = unwrapRpcSecret(value);
  }
  return { values, secrets };
}

/** The reverse of {@link fromStruct}; properties without a value are left out. */
export async function toStruct(
  values: Properties,
  secrets: Iterable<string> = [],
): Promise<Struct> {
  const secretNames = new Set(secrets);
  const wire: Parameters<typeof Struct.fromJavaScript>[0] = {};
  for (const [name, value] of Object.entries(values)) {
    const plain = (await serializeProperty(name, value)) as (typeof wire)[string] | undefined;
    if (plain !== undefined) {
      wire[name] = secretNames.has(name)
        ? { [specialSigKey]: specialSecretSig, value: plain }
        : plain;
    }
  }
  return Struct.fromJavaScript(wire);
}

/** Properties in the form in which they travel, as a message. */
export function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** A value in the form in which it travels, with its secrets in clear. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutSecrets);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if ((value as Properties)[specialSigKey] === specialSecretSig) {
    return withoutSecrets((value as Properties).value);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutSecrets(each)]),
  );
}

/** A value in which that is secret again which is so at the same place of `source`. */
export function withSecretsOf(value: unknown, source: unknown): unknown {
  if (isRpcSecret(source)) {
    return isRpcSecret(value) ? value : { [specialSigKey]: specialSecretSig, value };
  }
  if (typeof value !== "object" || value === null || typeof source !== "object" || !source) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((each, index) => withSecretsOf(each, (source as Properties)[index]));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      withSecretsOf(each, (source as Properties)[key]),
    ]),
  );
}

/** The secrets in a value in the form in which it travels. */
export function secretsIn(value: unknown): unknown[] {
  if (isRpcSecret(value)) {
    return [withoutSecrets(value)];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

/** Whether anything in a value in the form in which it travels is secret. */
export function hasSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return isRpcSecret(value) || Object.values(value).some(hasSecret);
}

/** The texts in a value, keys aside. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).flatMap(textsIn);
  }
  return typeof value === "string" ? [value] : [];
}

/** Whether anything in a value is not known before the deployment. */
export function hasUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(hasUnknown);
  }
  return value === unknownValue;
}

/** A value in which each text that has an unknown part is unknown. */
export function withUnknownTexts(value: unknown): unknown {
  if (typeof value === "string") {
    return value.includes(unknownValue) ? unknownValue : value;
  }
  if (Array.isArray(value)) {
    return value.map(withUnknownTexts);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withUnknownTexts(each)]),
  );
}
