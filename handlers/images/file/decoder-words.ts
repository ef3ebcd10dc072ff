/** What decoders say of a file, or of bytes, and of nothing else: no lack of memory, space or time. */
const ofDecoders =
  /^(?:Input (?:file|[bB]uffer) (?:contains unsupported|has corrupt|is empty)|VipsJpeg|vipsjpeg|jpegload|vipspng|pngload|spngload|webp|gifload|nsgif)/;
const ofMachines = /memory|alloc|space left|timeout|limit|too many/i;

/** Of an error that has no text, as where a checksum of a PNG is wrong. */
const unknown = "Unknown error";

/** Whether a message says that an image is damaged, or none: it will say so each time. */
export function isAboutImage(message: string): boolean {
  return ofDecoders.test(message) && !ofMachines.test(message);
}

/** Whether a decoder has refused an image without a word. */
export function isWithoutWords(message: string): boolean {
  return message === unknown;
}
