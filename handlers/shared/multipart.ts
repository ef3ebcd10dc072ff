import { Busboy } from "@fastify/busboy";
import { InvalidRequestError } from "./errors";

/** One part of a form. */
export interface Part {
  bytes: Buffer;
  /** In lower case, without parameters; `text/plain` when the part does not say. */
  contentType: string;
}

/**
 * The parts of a `multipart/form-data` body by name.
 *
 * @param contentType the header's value, with the boundary.
 * @throws InvalidRequestError when the body is cut off, has another boundary or a part twice.
 */
export async function parseMultipart(
  body: Buffer,
  contentType: string,
): Promise<Map<string, Part>> {
  try {
    return await readParts(body, contentType);
  } catch (error) {
    if (error instanceof InvalidRequestError) {
      throw error;
    }
    throw new InvalidRequestError([
      { field: "body", problem: "must be complete multipart/form-data with the header's boundary" },
    ]);
  }
}

function readParts(body: Buffer, contentType: string): Promise<Map<string, Part>> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Part>();
    const parser = new Busboy({
      headers: { "content-type": contentType },
      // As files, parts keep their bytes; fields would be decoded with replacement characters.
      isPartAFile: () => true,
    });
    parser.on("file", (name, stream, _filename, _encoding, partType) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", reject);
      stream.on("end", () => {
        if (parts.has(name)) {
          reject(new InvalidRequestError([{ field: name, problem: "must be given only once" }]));
        }
        parts.set(name, { bytes: Buffer.concat(chunks), contentType: partType });
      });
    });
    parser.on("error", reject);
    parser.on("finish", () => {
      resolve(parts);
    });
    parser.end(body);
  });
}
