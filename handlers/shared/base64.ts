import { InvalidRequestError } from "./errors";
import { mediaType } from "./request";

/**
 * The bytes of strict base64: the standard alphabet, padded, without white space. A prefix
 * `data:<type>;base64,` is stripped if its type is `contentType`.
 *
 * @param field the field that the text came in, for errors.
 * @throws InvalidRequestError for anything else.
 */
export function decodeBase64(text: string, contentType: string, field: string): Buffer {
  const encoded = /^data:/i.test(text) ? stripPrefix(text, contentType, field) : text;
  const bytes = Buffer.from(encoded, "base64");
  // Buffer skips what it does not know; only canonical text comes back as it was.
  if (bytes.toString("base64") !== encoded) {
    throw new InvalidRequestError([
      { field, problem: "must be base64 in the standard alphabet, padded and without white space" },
    ]);
  }
  return bytes;
}

function stripPrefix(text: string, contentType: string, field: string): string {
  const comma = text.indexOf(",");
  if (text.slice(0, comma).toLowerCase() !== `data:${mediaType(contentType)};base64`) {
    throw new InvalidRequestError([
      { field, problem: "may have no other prefix than data:<content_type>;base64," },
    ]);
  }
  return text.slice(comma + 1);
}
