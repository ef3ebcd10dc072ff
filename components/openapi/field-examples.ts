import { imageId } from "./values";

/** A PNG of one pixel. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What clients may send, by the names of members and of query parameters. */
export const fieldExamples: Readonly<Record<string, unknown>> = {
  userId: "ada",
  imageName: "harbour.png",
  contentType: "image/png",
  imageData: pixel,
  // Of bytes, text can only speak.
  image: "the bytes of harbour.png",
  tags: { album: "first", place: "Porto" },
  size: 5_242_880,
  focalPoint: { x: 0.4, y: 0.25 },
  tag: "album:first",
  limit: 20,
  cursor: "Xq0bC1J2mYl9w4T8o5kP7FsiMjAyNi0wMy0xNFQwOToyNjo1My41ODlaIg",
  url: "true",
  urls: "true",
  preset: "thumb,large",
  similarTo: imageId,
  maxDistance: 10,
  expires: 3600,
  contentDisposition: "attachment",
  fileName: "harbour.jpg",
  id: "sensor-1",
};
