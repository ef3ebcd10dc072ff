import { entryBytes, orientationOf, orientationTag } from "../exif";

/**
 * Leaves of EXIF the orientation, by which the image is shown, if its first directory states one.
 *
 * @returns whether there was anything else.
 */
export function blankAllExif(exif: Buffer): boolean {
  const before = Buffer.from(exif);
  const orientation = orientationOf(exif);
  exif.fill(0);
  const entries = orientation === undefined ? 0 : 1;
  const whole = Buffer.alloc(14 + entries * entryBytes);
  whole.write("MM\0*", 0, "latin1");
  whole.writeUInt32BE(8, 4);
  whole.writeUInt16BE(entries, 8);
  if (orientation !== undefined) {
    whole.writeUInt16BE(orientationTag, 10);
    whole.writeUInt16BE(3, 12);
    whole.writeUInt32BE(1, 14);
    whole.writeUInt16BE(orientation, 18);
  }
  if (whole.length <= exif.length) {
    whole.copy(exif);
  }
  return !before.equals(exif);
}
