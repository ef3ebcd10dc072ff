import { type ByteReader, tail } from "./bytes";
import { readOrientation } from "./exif";
import { type CheckSize, type Format, hasSignature, type ImageHeader } from "./format";
import { type Frame, readFrame, readScan, unsupportedJpeg } from "./jpeg-frame";
import { codes, hasSegment, isFrame, type Marker, nextMarker, segmentAt } from "./jpeg-markers";
import { hasAllPixels } from "./jpeg-pixels";
import { cutOff, unreadable } from "./unreadable";

const signature = Buffer.from([0xff, codes.startOfImage]);

const exifPrefix = Buffer.from("Exif\0");

/** JPEG, with whatever else is in the file. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
export const jpeg: Format = {
  begins: (start) => hasSignature(start, signature),
  read: readJpeg,
};

async function readJpeg(file: ByteReader, checkSize: CheckSize): Promise<ImageHeader> {
  const { frame, orientation, pixels } = await readSegments(file, checkSize);
  await findEnd(file, pixels, frame);
  const { width, height } = frame;
  return { width, height, ...(orientation !== undefined && { orientation }) };
}

/**
 * Whether a JPEG is lossless (SOF3).
 *
 * @throws ApiError 415 `UnreadableImage` when it has no pixels.
 */
export async function isLosslessJpeg(file: ByteReader): Promise<boolean> {
  const { frame } = await readSegments(file, () => undefined);
  return frame.number === 3;
}

interface Beginning {
  frame: Frame;
  orientation: number | undefined;
  /** Position of the pixels of the first scan. */
  pixels: number;
}

/** Up to the first scan, however many segments there are. */
async function readSegments(file: ByteReader, checkSize: CheckSize): Promise<Beginning> {
  let frame: Frame | undefined;
  let orientation: number | undefined;
  let at = signature.length;
  for (;;) {
    const marker = await headerMarker(file, at);
    const segment = await segmentAt(file, marker);
    if (isFrame(marker.code)) {
      if (frame) {
        throw unreadable(`The image is damaged: a second frame begins at byte ${marker.start}.`);
      }
      frame = await readFrame(file, marker, segment);
      checkSize(frame.width, frame.height);
    } else if (marker.code === codes.app1) {
      orientation ??= await exifOrientation(file, segment.start, segment.end);
    } else if (marker.code === codes.startOfScan) {
      if (!frame) {
        throw unreadable("The image's header does not state its size.");
      }
      await readScan(file, marker, segment, frame);
      return { frame, orientation, pixels: segment.end };
    }
    at = segment.end;
  }
}

/** The next marker that has a segment. */
async function headerMarker(file: ByteReader, position: number): Promise<Marker> {
  let at = position;
  for (;;) {
    const marker = await nextMarker(file, at);
    if (!marker) {
      throw cutOff(file, "before its pixels");
    }
    switch (marker.code) {
      case codes.endOfImage:
        throw unreadable(`The image has no pixels: it ends at byte ${marker.start}, before any.`);
      case codes.startOfImage:
        throw unreadable(`The image is damaged: another one begins at byte ${marker.start}.`);
      case codes.hierarchical:
        throw unsupportedJpeg("a hierarchical JPEG (DHP)");
    }
    if (hasSegment(marker)) {
      return marker;
    }
    at = marker.end;
  }
}

async function exifOrientation(file: ByteReader, start: number, end: number) {
  const begin = await file.from(start, exifPrefix.length);
  const isExif = begin.subarray(0, exifPrefix.length).equals(exifPrefix);
  return isExif ? await readOrientation(file, start, end) : undefined;
}

/**
 * Reads on to the end of the image, over all its scans.
 *
 * @param pixels position of those of the first scan.
 * @throws ApiError when the file ends before, and has not all pixels.
 */
async function findEnd(file: ByteReader, pixels: number, frame: Frame): Promise<void> {
  const [first, second] = await file.from(pixels, 2);
  if (first === 0xff && second !== 0) {
    throw unreadable(
      `The image has no pixels: there are none at byte ${pixels}, where they begin.`,
    );
  }
  const end = await tail(file, pixels);
  if (end.at(-2) === 0xff && end.at(-1) === codes.endOfImage) {
    return;
  }
  let marker = await nextMarker(file, pixels);
  while (marker?.code !== codes.endOfImage) {
    if (!marker || marker.code === codes.startOfImage) {
      if (await hasAllPixels(file, frame)) {
        return;
      }
      throw cutOff(file, "within its pixels");
    }
    const segment = hasSegment(marker) ? await segmentAt(file, marker) : undefined;
    if (segment && marker.code === codes.startOfScan) {
      await readScan(file, marker, segment, frame);
    }
    marker = await nextMarker(file, segment?.end ?? marker.end);
  }
}
