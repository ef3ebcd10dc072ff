const startOfImage = Buffer.from([0xff, 0xd8]);
/** A comment without text: a reader of sizes passes over the first segment unread. */
const emptySegment = Buffer.from([0xff, 0xfe, 0x00, 0x02]);

/** Bytes in front of a segment's data: FF, its marker, two bytes of length. */
const segmentHeaderBytes = 4;

interface Segment {
  marker: number;
  bytes: Buffer;
}

/**
 * A JPEG of nothing but the segments that state orientation and size. Whoever searches the whole for
 * these can be misled as to which frame counts, and kept busy with a megabyte of noise.
 *
 * @param jpeg from its start.
 */
export function essentialSegments(jpeg: Buffer): Buffer {
  const segments = [...headerSegments(jpeg)];
  const exif = segments.find(({ marker, bytes }) => marker === 0xe1 && isExif(bytes));
  const frame = segments.find(({ marker }) => isFrame(marker));
  const essential = [exif, frame].flatMap((segment) => segment?.bytes ?? []);
  return Buffer.concat([startOfImage, emptySegment, ...essential]);
}

/** The segments up to the first frame. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
function* headerSegments(jpeg: Buffer): Generator<Segment> {
  let at = startOfImage.length;
  while (at + segmentHeaderBytes <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg.readUInt8(at + 1);
    if (marker === 0xff) {
      // Any number of these may fill the space before a marker.
      at += 1;
      continue;
    }
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    yield { marker, bytes: jpeg.subarray(at, end) };
    if (isFrame(marker)) {
      return;
    }
    at = end;
  }
}

/** All of SOF0 to SOF15; of their range, DHT, JPG and DAC are something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function isExif(segment: Buffer): boolean {
  return segment.toString("latin1", segmentHeaderBytes, segmentHeaderBytes + 6) === "Exif\0\0";
}
