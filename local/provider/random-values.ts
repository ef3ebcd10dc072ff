import { randomBytes } from "node:crypto";

/** An evenly drawn number from 0 to below `limit`, which may have any size. */
export function randomBelow(limit: bigint): bigint {
  const length = Math.ceil(limit.toString(2).length / 8) + 8;
  // Eight bytes more than needed: no remainder is likelier than another by more than 2⁻⁶⁴.
  return BigInt(`0x${randomBytes(length).toString("hex")}`) % limit;
}

/** One of `items`. */
export function randomItem<Item>(items: readonly Item[]): Item {
  return items[Number(randomBelow(BigInt(items.length)))] as Item;
}

/** The same items in an evenly drawn order. */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  return items.map(() => rest.splice(Number(randomBelow(BigInt(rest.length))), 1)[0] as Item);
}

/** What a text is drawn from. Names and defaults are those of the provider. */
export interface TextSettings {
  length: number;
  lower: boolean;
  upper: boolean;
  numeric: boolean;
  special: boolean;
  minLower: number;
  minUpper: number;
  minNumeric: number;
  minSpecial: number;
  /** Takes the place of the special characters. */
  overrideSpecial?: string;
}

const digits = "0123456789";
const lowerCase = "abcdefghijklmnopqrstuvwxyz";
const upperCase = lowerCase.toUpperCase();
const specialCharacters = "!@#$%&*()-_=+[]{}<>:?";

/**
 * A random text.
 *
 * @throws Error when there is nothing to draw from.
 */
export function randomText(settings: TextSettings): string {
  const { overrideSpecial = "" } = settings;
  const special = overrideSpecial === "" ? specialCharacters : overrideSpecial;
  const classes = [
    { characters: digits, wanted: settings.numeric, min: settings.minNumeric },
    { characters: lowerCase, wanted: settings.lower, min: settings.minLower },
    { characters: upperCase, wanted: settings.upper, min: settings.minUpper },
    { characters: special, wanted: settings.special, min: settings.minSpecial },
  ];
  const all = classes.map(({ characters, wanted }) => (wanted ? characters : "")).join("");
  if (all === "") {
    throw new Error("the character set specified is empty");
  }
  const least = classes.flatMap(({ characters, min }) => drawn(characters, min));
  return shuffled([...least, ...drawn(all, settings.length - least.length)]).join("");
}

function drawn(characters: string, count: number): string[] {
  const set = Array.from(characters);
  return Array.from({ length: count }, () => randomItem(set));
}
