/** A part as it lies in the body. */
export interface RawPart {
  /** By name in lower case, of each the first; their bytes as Latin-1. */
  headers: ReadonlyMap<string, string>;
  /** Where they lie in the body, without a copy. */
  bytes: Buffer;
}

/** A line that parts the body. */
interface Delimiter {
  /** Position of the end of the line before, which is part of it. */
  start: number;
  end: number;
  isLast: boolean;
}

const lineEnd = Buffer.from("\r\n");
const headersEnd = Buffer.from("\r\n\r\n");

/**
 * Splits a multipart body, which is there as a whole: without a stream or a copy, and with the blanks
 * that may stand behind a boundary, for which `@fastify/busboy` takes the body for cut
 * off. What lies before the first delimiter and behind the last is passed over.
 * https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 *
 * @returns `undefined` when there is no last delimiter: then the body is cut off, or has another boundary.
 */
export function splitParts(body: Buffer, boundary: string): RawPart[] | undefined {
  const parts: RawPart[] = [];
  let begin: number | undefined;
  for (const { start, end, isLast } of delimiters(body, boundary)) {
    if (begin !== undefined) {
      // A part without anything ends where the line does that it begins after.
      parts.push(readPart(body.subarray(begin, Math.max(start, begin))));
    }
    if (isLast) {
      return parts;
    }
    begin = end;
  }
  return undefined;
}

/** Delimiters stand at the begin of a line, and nothing but blanks behind them. */
function* delimiters(body: Buffer, boundary: string): Generator<Delimiter> {
  const dashes = Buffer.from(`--${boundary}`, "latin1");
  for (let at = body.indexOf(dashes); at >= 0; at = body.indexOf(dashes, at + 1)) {
    const start = at - lineEnd.length;
    if (at === 0 || (start >= 0 && body.subarray(start, at).equals(lineEnd))) {
      const rest = at + dashes.length;
      const isLast = body.toString("latin1", rest, rest + 2) === "--";
      const end = isLast ? body.length : endOfBlankLine(body, rest);
      if (end !== undefined) {
        yield { start, end, isLast };
      }
    }
  }
}

/** Where the line ends that goes on at `from`, if there is nothing but blanks in it. */
function endOfBlankLine(body: Buffer, from: number): number | undefined {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) {
    at++;
  }
  const end = at + lineEnd.length;
  return body.subarray(at, end).equals(lineEnd) ? end : undefined;
}

function readPart(part: Buffer): RawPart {
  if (part.subarray(0, lineEnd.length).equals(lineEnd)) {
    return { headers: new Map(), bytes: part.subarray(lineEnd.length) };
  }
  const end = part.indexOf(headersEnd);
  return end < 0
    ? { headers: readHeaders(part), bytes: part.subarray(part.length) }
    : {
        headers: readHeaders(part.subarray(0, end)),
        bytes: part.subarray(end + headersEnd.length),
      };
}

/** Most bytes of a part's headers: browsers send some hundreds. */
const maxHeaderBytes = 64 * 1024;

function readHeaders(bytes: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  // What is folded goes on in the next line, which begins with a blank.
  const lines = bytes.toString("latin1", 0, maxHeaderBytes).replace(/\r\n(?=[ \t])/g, "");
  for (const line of lines.split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
    if (!headers.has(name)) {
      headers.set(name, line.slice(colon + 1).trim());
    }
  }
  return headers;
}
