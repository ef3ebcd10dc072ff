import type { Action } from "../action";
import { versioned } from "../action";
import type { Call } from "../call";
import { openBytes } from "../body/read";
import { isModified, readConditions } from "../conditions";
import { requireDecryption } from "../encryption";
import { invalidArgument, invalidRequest } from "../errors";
import { requestedObject } from "../find-object";
import { checkHeader } from "../headers";
import { checksumHeaders, objectHeaders } from "../object-headers";
import { readPartNumber } from "../part-number";
import { partRange, readRange } from "../range";
import type { ByteRange } from "../range";
import type { ReplyHeaders } from "../reply";
import type { ObjectContent, StoredObject } from "../store/version";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: Action = {
  permissions: versioned("s3:GetObject"),
  run: (call) => {
    const part = requestedPart(call);
    const object = requestedObject(call);
    requireDecryption(call, object.content.encryption);
    const { status, headers, bytes } = describe(call, object, part);
    const body = bytes && openBytes(call.bucket, object.content.blob, bytes);
    return { status, headers, ...(body && { body }) };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject: Action = {
  permissions: versioned("s3:GetObject"),
  run: (call) => {
    const part = requestedPart(call);
    const { status, headers } = describe(call, requestedObject(call), part);
    return { status, headers };
  },
};

/** @throws S3Error `InvalidArgument`, whether there is the object or not. */
function requestedPart(call: Call): number | undefined {
  const text = call.query.get("partNumber");
  return text === null ? undefined : readPartNumber(text);
}

/** What a GET answers; `bytes` is absent where it has no body. */
interface Description {
  status: number;
  headers: ReplyHeaders;
  bytes?: ByteRange;
}

function describe(call: Call, object: StoredObject, part: number | undefined): Description {
  const name = "x-amz-server-side-encryption";
  const encryption = call.header(name);
  if (encryption !== undefined) {
    const message = `${name} header is not supported for this operation.`;
    throw invalidArgument(message, name, encryption);
  }
  const overrides = readOverrides(call);
  const common = {
    ...objectHeaders(call.bucket, object),
    // Of a version that is named S3 does not tell when it expires, though it is the newest.
    ...(call.query.has("versionId") && { "x-amz-expiration": undefined }),
  };
  if (!isModified(call, object, readConditions)) {
    return { status: 304, headers: { ...common, "content-type": undefined } };
  }
  const { size } = object.content;
  const { range, headers } = selectRange(call, object, part);
  const { start, end } = range ?? { start: 0, end: size - 1 };
  return {
    status: range ? 206 : 200,
    headers: {
      ...common,
      ...overrides,
      ...headers,
      "content-length": String(end - start + 1),
      "content-range": range && `bytes ${start}-${end}/${size}`,
    },
    ...(end >= start && { bytes: { start, end } }),
  };
}

function selectRange(
  call: Call,
  object: StoredObject,
  part: number | undefined,
): { range: ByteRange | undefined; headers: ReplyHeaders } {
  const { size, checksum, partSizes } = object.content;
  const wantsChecksum = call.header("x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  const rangeHeader = call.header("range");
  if (part !== undefined) {
    if (rangeHeader !== undefined) {
      throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
    }
    const { parts, ...range } = partRange(part, partSizes ?? [size]);
    const value = checksumOfPart(object.content, part);
    return {
      range: size > 0 ? range : undefined,
      headers: {
        "x-amz-mp-parts-count": partSizes && String(parts),
        ...(wantsChecksum && value !== undefined && checksumHeaders({ ...checksum, value })),
      },
    };
  }
  const range = readRange(rangeHeader, size);
  const isWhole = range === undefined || (range.start === 0 && range.end === size - 1);
  return { range, headers: isWhole && wantsChecksum ? checksumHeaders(checksum) : {} };
}

/** Parts have one where that of the whole is made of theirs; a part that is all of the object has that one's. */
function checksumOfPart(
  { checksum, partSizes, partChecksums }: ObjectContent,
  partNumber: number,
): string | undefined {
  if (checksum.type === "COMPOSITE") {
    return partChecksums?.[partNumber - 1];
  }
  return partSizes && partSizes.length > 1 ? undefined : checksum.value;
}

/** Response headers that the query asks for, such as `response-content-type`. */
function readOverrides(call: Call): ReplyHeaders {
  const overrides: Record<string, string> = {};
  for (const name of overridable) {
    const value = call.query.get(`response-${name}`);
    if (value !== null) {
      checkHeader(name, value);
      overrides[name] = value;
    }
  }
  if (call.principal.kind === "anonymous" && Object.keys(overrides).length > 0) {
    throw invalidRequest(
      "Request specific response headers cannot be used for anonymous GET requests.",
    );
  }
  return overrides;
}

const overridable = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];
