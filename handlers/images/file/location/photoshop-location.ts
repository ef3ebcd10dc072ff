import { blankExifLocation } from "./exif-location";
import { blankXmpLocation } from "./xmp-location";

/** What a segment APP13 begins with that has resources of Photoshop. */
export const resourcesPrefix = Buffer.from("Photoshop 3.0\0");

const signature = Buffer.from("8BIM");

/** What of an image's resources may say where it was taken, by their ids. */
const blanks: ReadonlyMap<number, (data: Buffer) => boolean> = new Map([
  [0x0422, blankExifLocation],
  [0x0423, blankExifLocation],
  [0x0424, blankXmpLocation],
]);

/**
 * Blanks the location in resources of Photoshop, of which EXIF and XMP may be some.
 * https://www.adobe.com/devnet-apps/photoshop/fileformatashtml/#50577409_38034
 *
 * @returns whether there was anything; `resources` is changed.
 */
export function blankResources(resources: Buffer): boolean {
  let isBlanked = false;
  let at = 0;
  while (resources.subarray(at, at + signature.length).equals(signature)) {
    const nameLength = (resources[at + 6] ?? 0) + 1;
    const sizeAt = at + 6 + nameLength + (nameLength % 2);
    if (sizeAt + 4 > resources.length) {
      break;
    }
    const start = sizeAt + 4;
    const size = resources.readUInt32BE(sizeAt);
    const blank = blanks.get(resources.readUInt16BE(at + 4));
    const isFound = blank?.(resources.subarray(start, start + size)) ?? false;
    isBlanked ||= isFound;
    at = start + size + (size % 2);
  }
  return isBlanked;
}
