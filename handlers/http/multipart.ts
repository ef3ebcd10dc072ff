import { parseDisposition } from "./content-disposition";
import { InvalidRequestError, maxFieldLength } from "./errors";
import { headerParameters } from "./header-parameters";
import { splitParts } from "./multipart-parts";
import { mediaType } from "./request";

/** One part of a form. */
export interface Part {
  bytes: Buffer;
  /** In lower case, without parameters; `text/plain` when the part does not say. */
  contentType: string;
  /** What text is written in, as the part or the form says: in lower case, by default `utf-8`. */
  charset: string;
  /** Of a file, its name without the folders that it was in. */
  fileName: string | undefined;
}

/**
 * What a form says of the texts in it that say nothing themselves, rather than one of its fields.
 * https://www.rfc-editor.org/rfc/rfc7578#section-4.6
 */
const charsetName = "_charset_";

/**
 * The parts of a `multipart/form-data` body by name.
 *
 * @param contentType the header's value, with the boundary.
 * @throws InvalidRequestError when the body is cut off, has another boundary, or a part twice or
 * without a name.
 */
export function parseMultipart(body: Buffer, contentType: string): Map<string, Part> {
  const boundary = headerParameters(contentType).get("boundary");
  const found = boundary ? splitParts(body, boundary) : undefined;
  if (!found) {
    const problem = "must be complete multipart/form-data with the header's boundary";
    throw new InvalidRequestError([{ field: "body", problem }]);
  }
  const named = byName(
    found.map(({ headers, bytes }) => ({
      ...parseDisposition(headers.get("content-disposition") ?? ""),
      bytes,
      type: headers.get("content-type") ?? "",
    })),
  );
  const charset = named.get(charsetName)?.bytes.toString("latin1").trim();
  named.delete(charsetName);
  return new Map(
    [...named].map(([name, { bytes, type, fileName }]) => [
      name,
      {
        bytes,
        contentType: mediaType(type) || "text/plain",
        charset: charsetOf(headerParameters(type).get("charset"), charset),
        fileName,
      },
    ]),
  );
}

/** The first that is stated: a field may be there and be empty. */
function charsetOf(...stated: readonly (string | undefined)[]): string {
  return (
    stated.find((charset) => charset !== undefined && charset !== "") ?? "utf-8"
  ).toLowerCase();
}

function byName<Named extends { name: string | undefined }>(
  parts: readonly Named[],
): Map<string, Named> {
  const found = new Map<string, Named>();
  for (const part of parts) {
    const { name } = part;
    if (name === undefined) {
      throw new InvalidRequestError([{ field: "body", problem: "has a part without a name" }]);
    }
    if (found.has(name)) {
      const field = name.slice(0, maxFieldLength);
      throw new InvalidRequestError([{ field, problem: "must be given only once" }]);
    }
    found.set(name, part);
  }
  return found;
}
