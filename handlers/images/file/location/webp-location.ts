import type { ByteReader } from "../bytes";
import { blankExifLocation } from "./exif-location";
import type { Patch } from "./patch";
import { blankXmpLocation } from "./xmp-location";

const exifPrefix = Buffer.from("Exif\0");

/** Of the chunks EXIF and XMP. https://www.rfc-editor.org/rfc/rfc9649 */
export async function webpLocation(file: ByteReader): Promise<Patch[]> {
  const patches: Patch[] = [];
  let at = 12;
  while (at + 8 <= file.size) {
    const header = await file.from(at, 8);
    const type = header.toString("latin1", 0, 4);
    const length = header.readUInt32LE(4);
    if (type === "EXIF" || type === "XMP ") {
      const bytes = Buffer.from((await file.from(at + 8, length)).subarray(0, length));
      const isPrefixed = bytes.subarray(0, exifPrefix.length).equals(exifPrefix);
      const isBlanked =
        type === "EXIF"
          ? blankExifLocation(bytes.subarray(isPrefixed ? exifPrefix.length + 1 : 0))
          : blankXmpLocation(bytes);
      if (isBlanked) {
        patches.push({ at: at + 8, bytes });
      }
    }
    at += 8 + length + (length % 2);
  }
  return patches;
}
