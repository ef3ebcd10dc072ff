import { type EntityDecoderOptions, XMLParser, XMLValidator } from "fast-xml-parser";

/** What XML has names for by itself. */
const named = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Thrown while a document is read, and caught where that began. */
class BadReference extends Error {}

const noop = () => undefined;

/**
 * Reads references to characters itself, as the library's own decoder leaves out those that XML 1.0 has
 * not: what deletes `a&#x1;b`, a key that S3 takes and lists like that, would delete `ab`.
 */
const entityDecoder: EntityDecoderOptions = {
  decode: (text) => text.replace(/&([^;]*);?/g, (_, name: string) => characterOf(name)),
  setExternalEntities: noop,
  addInputEntities: noop,
  setXmlVersion: noop,
  reset: noop,
};

/**
 * What reads documents. Texts keep their white space and become no numbers, attributes are left out.
 *
 * @param isList whether elements of a name become an array even if there is one.
 * @returns gives undefined for what is not well-formed, or refers to what is no character or is declared in the
 *   document itself.
 */
export function xmlReader(
  isList: (name: string) => boolean = () => false,
): (text: string) => Record<string, unknown> | undefined {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    isArray: isList,
    entityDecoder,
  });
  return (text) => {
    if (XMLValidator.validate(text) !== true) {
      return undefined;
    }
    try {
      return parser.parse(text) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof BadReference) {
        return undefined;
      }
      throw error;
    }
  };
}

/**
 * The character that `#10`, `#xa` or `amp` stands for.
 *
 * @throws BadReference
 */
function characterOf(name: string): string {
  const code = /^#(?:x[\da-fA-F]+|\d+)$/.test(name) ? Number(`0${name.slice(1)}`) : NaN;
  const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  const character = isCharacter ? String.fromCodePoint(code) : named.get(name);
  if (character === undefined) {
    throw new BadReference(name);
  }
  return character;
}
