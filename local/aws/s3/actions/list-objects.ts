import type { Action } from "../action";
import type { Call } from "../call";
import { invalidArgument } from "../errors";
import { markerOf, readEncoder, readListOptions, readPageSize, walk } from "../listing";
import type { ListOptions } from "../listing";
import { quoted } from "../object-headers";
import { owner } from "../owner";
import { xmlReply } from "../reply";
import { isObject } from "../store/version";
import type { StoredObject } from "../store/version";
import { renderXml } from "../xml";
import type { XmlElement } from "../xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, and the first version. */
export const listObjects: Action = {
  permissions: () => ["s3:ListBucket"],
  run: (call) => {
    const listType = call.query.get("list-type");
    if (listType !== null && listType !== "2") {
      throw invalidArgument("Invalid List Type specified in Request", "list-type", listType);
    }
    const document = listType === null ? listVersion1(call) : listVersion2(call);
    return xmlReply(renderXml("ListBucketResult", document));
  },
};

function listVersion1(call: Call): XmlElement {
  const encode = readEncoder(call.query);
  const options = readListOptions(call.query);
  const marker = call.query.get("marker") ?? "";
  const page = readPage(call, options, markerOf(marker, options));
  return {
    ...heading(call, options, page),
    Marker: encode(marker),
    // Without a delimiter the last key serves as the next marker.
    NextMarker: options.delimiter !== "" && page.truncated ? encode(page.last) : undefined,
    ...entries(call, page, true),
  };
}

function listVersion2(call: Call): XmlElement {
  const encode = readEncoder(call.query);
  const options = readListOptions(call.query);
  const startAfter = call.query.get("start-after");
  const token = call.query.get("continuation-token");
  const after = token === null ? (startAfter ?? "") : readToken(token);
  const page = readPage(call, options, after);
  return {
    ...heading(call, options, page),
    KeyCount: page.objects.length + page.commonPrefixes.length,
    StartAfter: startAfter === null || token !== null ? undefined : encode(startAfter),
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.truncated ? makeToken(page.last) : undefined,
    ...entries(call, page, call.query.get("fetch-owner") === "true"),
  };
}

interface Page {
  objects: StoredObject[];
  commonPrefixes: string[];
  truncated: boolean;
  maxKeys: number;
  /** The last key or common prefix of the page. */
  last: string;
}

function readPage(call: Call, options: ListOptions, after: string): Page {
  const { bucket } = call;
  const maxKeys = readPageSize(call.query, "max-keys");
  const page: Page = { objects: [], commonPrefixes: [], truncated: false, maxKeys, last: "" };
  if (maxKeys === 0) {
    return page;
  }
  const isListed = (key: string) => isObjectNow(call, key);
  for (const entry of walk(bucket.keys, options, after, isListed)) {
    if (page.objects.length + page.commonPrefixes.length === maxKeys) {
      return { ...page, truncated: true };
    }
    if ("commonPrefix" in entry) {
      page.commonPrefixes.push(entry.commonPrefix);
      page.last = entry.commonPrefix;
    } else {
      page.objects.push(bucket.find(entry.key) as StoredObject);
      page.last = entry.key;
    }
  }
  return page;
}

function isObjectNow(call: Call, key: string): boolean {
  const version = call.bucket.find(key);
  return version !== undefined && isObject(version);
}

function heading(call: Call, options: ListOptions, page: Page): XmlElement {
  const encode = readEncoder(call.query);
  return {
    Name: call.bucket.name,
    Prefix: encode(options.prefix),
    Delimiter: options.delimiter === "" ? undefined : encode(options.delimiter),
    MaxKeys: page.maxKeys,
    EncodingType: call.query.get("encoding-type") ?? undefined,
    IsTruncated: page.truncated,
  };
}

function entries(call: Call, page: Page, withOwner: boolean): XmlElement {
  const encode = readEncoder(call.query);
  return {
    Contents: page.objects.map(({ key, lastModified, content }) => ({
      Key: encode(key),
      LastModified: lastModified,
      ETag: quoted(content.etag),
      ChecksumAlgorithm: content.checksum.algorithm,
      ChecksumType: content.checksum.type,
      Size: content.size,
      Owner: withOwner ? owner(call.environment.account) : undefined,
      StorageClass: content.storageClass,
    })),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

// Opaque to clients, and telling apart a token from any other text is enough: who may list at all
// may list from any key.
const tokenVersion = "1:";

function makeToken(key: string): string {
  return Buffer.from(tokenVersion + key).toString("base64url");
}

function readToken(token: string): string {
  const decoded = Buffer.from(token, "base64url").toString("utf8");
  if (!decoded.startsWith(tokenVersion) || makeToken(decoded.slice(2)) !== token) {
    throw invalidArgument(
      "The continuation token provided is incorrect",
      "continuation-token",
      token === "" ? undefined : token,
    );
  }
  return decoded.slice(tokenVersion.length);
}
