const orientationTag = 0x0112;

const entryBytes = 12;

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

function orientationOf(exif: Buffer): number | undefined {
  const isLittle = exif.toString("latin1", 0, 2) === "II";
  const short = (at: number) =>
    at + 2 > exif.length ? 0 : isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at);
  const first = exif.length < 8 ? 0 : isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
  const count = Math.min(short(first), 1000);
  for (let at = first + 2; at < first + 2 + count * entryBytes; at += entryBytes) {
    if (short(at) === orientationTag) {
      const value = short(at + 8);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  }
  return undefined;
}
