/**
 * Names of properties that tell the position where an image was taken, whatever their prefix:
 * `exif:GPSLatitude`, `drone-dji:Longitude`, `drone-dji:LRFTargetLat`, `geo:lat`.
 */
const position = String.raw`gps[\w.-]*|[\w.-]*(?:lati|longi|longti)tude|(?:lrftarget)?lat|(?:lrftarget)?lon|long|lat_long`;

/**
 * Of those that name the place, as `photoshop:City`, `Iptc4xmpExt:LocationCreated`, `dc:coverage`.
 * https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
 */
const place = String.raw`city|(?:province)?state|country(?:code|name)?|(?:sub|shot)?location(?:created|shown|name|id)?|worldregion|coverage`;

const property = `(?:${position}|${place})`;

/** A prefix is what its namespace is called: any name, also of letters that take several bytes. */
const prefix = String.raw`[^\s:=<>/"'&]+:`;

const attribute = new RegExp(String.raw`\s(?!xmlns:)${prefix}${property}\s*=\s*`, "giu");
const element = new RegExp(String.raw`<((?:${prefix})?${property})(?=[\s/>])`, "giu");

const named = new RegExp(`^(?:${prefix}${property}|${position})$`, "iu");

/** Whether a property of this name tells where an image was taken; a place only with a prefix. */
export function tellsLocation(name: string): boolean {
  return named.test(name);
}

/**
 * What is left where a property was not understood. Without the prefix, which each place of a long
 * word would be tried as the beginning of.
 */
const residue = new RegExp(String.raw`:${property}\s*[=>/]`, "iu");

/** What may be an image in base64, by how it begins; the lines of its text may be parted by references. */
const inBase64 = /(?:\/9j\/|iVBORw0K|UklGR)(?:[A-Za-z0-9+/=\s]|&#(?:x[0-9a-f]{1,4}|\d{1,4});)*/gi;

/** What an image has in it that may say where it was taken. */
const inImages: readonly string[] = ["exif", "XMP", "ns.adobe.com", "Photoshop", "Raw profile"];

/**
 * Blanks the properties of XMP that tell where an image was taken, with spaces. Where it cannot be
 * told for sure what they are, all of it.
 *
 * @param xmp a packet, in UTF-8.
 * @returns whether there was anything; `xmp` is changed.
 */
export function blankXmpLocation(xmp: Buffer): boolean {
  // Of every other coding that XML has, one in two bytes of a name is zero.
  if (xmp.includes(0)) {
    const isEmpty = xmp.every((byte) => byte === 0);
    xmp.fill(0x20);
    return !isEmpty;
  }
  // One character a byte, so that positions are those of the bytes.
  const text = xmp.toString("latin1");
  const ranges = locationsIn(text)?.concat(imagesIn(text));
  for (const [start, end] of ranges ?? []) {
    xmp.fill(0x20, start, end);
  }
  if (ranges === undefined || residue.test(xmp.toString("latin1"))) {
    xmp.fill(0x20);
    return true;
  }
  return ranges.length > 0;
}

/** `undefined` where one has no end. */
function locationsIn(text: string): [number, number][] | undefined {
  const found: [number, number][] = [];
  for (const match of text.matchAll(attribute)) {
    const open = match.index + match[0].length;
    const quote = text[open];
    const close = quote === '"' || quote === "'" ? text.indexOf(quote, open + 1) : -1;
    if (close < 0) {
      return undefined;
    }
    found.push([match.index + 1, close + 1]);
  }
  let from = 0;
  for (const match of text.matchAll(element)) {
    if (match.index < from) {
      continue;
    }
    const end = elementEnd(text, match.index, match[1] ?? "");
    if (end === undefined) {
      return undefined;
    }
    found.push([match.index, end]);
    from = end;
  }
  return found;
}

function elementEnd(text: string, start: number, name: string): number | undefined {
  const opened = text.indexOf(">", start);
  if (opened < 0) {
    return undefined;
  }
  if (text[opened - 1] === "/") {
    return opened + 1;
  }
  const closing = text.indexOf(`</${name}`, opened);
  const end = closing < 0 ? -1 : text.indexOf(">", closing);
  return end < 0 ? undefined : end + 1;
}

/** Images within that may say where they were taken. */
function imagesIn(text: string): [number, number][] {
  return [...text.matchAll(inBase64)]
    .filter(([found]) => {
      const image = Buffer.from(found.replace(/&#\w+;/g, ""), "base64").toString("latin1");
      return inImages.some((carrier) => image.toLowerCase().includes(carrier.toLowerCase()));
    })
    .map(({ index, 0: found }) => [index, index + found.length]);
}
