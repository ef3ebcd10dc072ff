import { randomBytes, randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { uuidOf } from "../aws/derived-uuid";
import { bcryptHash } from "./bcrypt";
import { petName } from "./pet-names";
import { randomBelow, randomText, shuffled } from "./random-values";
import type { TextSettings } from "./random-values";
import { refuseInputs } from "./refuse-inputs";
import type { ResourceRequest, ResourceTypes } from "./resource";
import { valuePlanner } from "./values";
import type { NewValue } from "./values";

/**
 * The resource types of the package `random`. A `seed`, from which Go's generator would always make
 * the same, is not emulated.
 *
 * @see https://github.com/hashicorp/terraform-provider-random
 */
export const randomResources: ResourceTypes = {
  "random:index/randomBytes:RandomBytes": valuePlanner(makeBytes, ["base64", "hex"]),
  "random:index/randomId:RandomId": valuePlanner(makeId),
  "random:index/randomInteger:RandomInteger": valuePlanner(makeInteger),
  "random:index/randomPassword:RandomPassword": valuePlanner(makePassword, [
    "bcryptHash",
    "result",
  ]),
  "random:index/randomPet:RandomPet": valuePlanner(makePet),
  "random:index/randomShuffle:RandomShuffle": valuePlanner(makeShuffle),
  "random:index/randomString:RandomString": valuePlanner(makeString),
  // The provider sets no bits of a version here.
  "random:index/randomUuid:RandomUuid": valuePlanner(() =>
    uuid(uuidOf(randomBytes(16).toString("hex"))),
  ),
  "random:index/randomUuid4:RandomUuid4": valuePlanner(() => uuid(randomUUID())),
  "random:index/randomUuid7:RandomUuid7": valuePlanner(() => uuid(v7())),
};

/** As with the provider, the id is the value, and no id is secret. */
function makeBytes({ inputs }: ResourceRequest): NewValue {
  const bytes = randomBytes((inputs as { length: number }).length);
  const base64 = bytes.toString("base64");
  return { id: base64, outputs: { base64, hex: bytes.toString("hex") } };
}

function makeId({ inputs }: ResourceRequest): NewValue {
  const { byteLength, prefix = "" } = inputs as { byteLength: number; prefix?: string };
  const bytes = randomBytes(byteLength);
  const id = bytes.toString("base64url");
  const hex = bytes.toString("hex");
  return {
    id,
    outputs: {
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + id,
      dec: prefix + BigInt(`0x${hex}`).toString(),
      hex: prefix + hex,
    },
  };
}

function makeInteger(request: ResourceRequest): NewValue {
  refuseInputs(request, ["seed"]);
  const { min, max } = request.inputs as { min: number; max: number };
  const result = Number(BigInt(min) + randomBelow(BigInt(max) - BigInt(min) + 1n));
  return { id: String(result), outputs: { result } };
}

function makePassword(request: ResourceRequest): NewValue {
  const settings = textSettings(request);
  const result = randomText(settings);
  const outputs = { ...settings, number: settings.numeric, result, bcryptHash: bcryptHash(result) };
  return { id: "none", outputs };
}

function makeString(request: ResourceRequest): NewValue {
  const settings = textSettings(request);
  const result = randomText(settings);
  return { id: result, outputs: { ...settings, number: settings.numeric, result } };
}

function textSettings({ inputs }: ResourceRequest): TextSettings {
  const given = inputs as Partial<TextSettings> & { length: number; number?: boolean };
  return {
    length: given.length,
    lower: given.lower ?? true,
    upper: given.upper ?? true,
    numeric: given.numeric ?? given.number ?? true,
    special: given.special ?? true,
    minLower: given.minLower ?? 0,
    minUpper: given.minUpper ?? 0,
    minNumeric: given.minNumeric ?? 0,
    minSpecial: given.minSpecial ?? 0,
    ...(given.overrideSpecial !== undefined && { overrideSpecial: given.overrideSpecial }),
  };
}

function makePet({ inputs }: ResourceRequest): NewValue {
  const {
    length = 2,
    prefix = "",
    separator = "-",
  } = inputs as Partial<Record<string, string>> & {
    length?: number;
  };
  const name = petName(length, separator);
  const id = prefix === "" ? name : prefix + separator + name;
  return { id, outputs: { length, separator } };
}

function makeShuffle(request: ResourceRequest): NewValue {
  refuseInputs(request, ["seed"]);
  const { inputs, resultCount = inputs.length } = request.inputs as {
    inputs: unknown[];
    resultCount?: number;
  };
  const rounds = inputs.length === 0 ? 0 : Math.ceil(resultCount / inputs.length);
  const permutations = Array.from({ length: rounds }, () => shuffled(inputs));
  return { id: "-", outputs: { results: permutations.flat().slice(0, resultCount) } };
}

function uuid(result: string): NewValue {
  return { id: result, outputs: { result } };
}
