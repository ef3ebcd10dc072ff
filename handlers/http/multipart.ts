import { Dicer } from "@fastify/busboy";
import { parseDisposition } from "./content-disposition";
import { InvalidRequestError, maxFieldLength } from "./errors";
import { mediaType } from "./request";

/** One part of a form. */
export interface Part {
  bytes: Buffer;
  /** In lower case, without parameters; `text/plain` when the part does not say. */
  contentType: string;
  /** Of a file, its name without the folders that it was in. */
  fileName: string | undefined;
}

/**
 * The parts of a `multipart/form-data` body by name.
 *
 * @param contentType the header's value, with the boundary.
 * @throws InvalidRequestError when the body is cut off, has another boundary, or a part twice or
 * without a name.
 */
export async function parseMultipart(
  body: Buffer,
  contentType: string,
): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>();
  for (const { headers, bytes } of await split(body, contentType)) {
    const { name, fileName } = parseDisposition(headers["content-disposition"]?.[0] ?? "");
    if (name === undefined) {
      throw new InvalidRequestError([{ field: "body", problem: "has a part without a name" }]);
    }
    if (parts.has(name)) {
      const field = name.slice(0, maxFieldLength);
      throw new InvalidRequestError([{ field, problem: "must be given only once" }]);
    }
    const partType = mediaType(headers["content-type"]?.[0] ?? "") || "text/plain";
    parts.set(name, { bytes, contentType: partType, fileName });
  }
  return parts;
}

/** A part as it lies in the body. */
interface RawPart {
  /** By name in lower case; their bytes as Latin-1. */
  headers: Readonly<Record<string, readonly string[] | undefined>>;
  bytes: Buffer;
}

async function split(body: Buffer, contentType: string): Promise<RawPart[]> {
  try {
    return await readParts(body, boundaryOf(contentType));
  } catch {
    // Whatever the library stumbles over is in the body.
    throw new InvalidRequestError([
      { field: "body", problem: "must be complete multipart/form-data with the header's boundary" },
    ]);
  }
}

function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) {
    throw new Error("There is no boundary.");
  }
  return boundary;
}

function readParts(body: Buffer, boundary: string): Promise<RawPart[]> {
  return new Promise((resolve, reject) => {
    const parts: Promise<RawPart>[] = [];
    const parser = new Dicer({ boundary });
    parser.on("part", (stream) => {
      stream.on("error", reject);
      parts.push(readPart(stream));
    });
    parser.on("error", reject);
    parser.on("finish", () => {
      resolve(Promise.all(parts));
    });
    parser.end(body);
  });
}

/** Never settles for a part that is cut off. */
function readPart(stream: Dicer.PartStream): Promise<RawPart> {
  return new Promise((resolve) => {
    let headers: RawPart["headers"] = {};
    const chunks: Buffer[] = [];
    stream.on("header", (found) => {
      headers = found as RawPart["headers"];
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      // A part comes in one piece as a rule, which then needs no copy.
      const [bytes = Buffer.alloc(0), ...further] = chunks;
      resolve({ headers, bytes: further.length > 0 ? Buffer.concat(chunks) : bytes });
    });
  });
}
