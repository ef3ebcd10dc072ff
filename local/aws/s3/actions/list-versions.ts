import type { Action } from "../action";
import type { Call } from "../call";
import { invalidArgument } from "../errors";
import { readVersionId } from "../find-object";
import { markerOf, readEncoder, readListOptions, readPageSize, walk } from "../listing";
import { quoted } from "../object-headers";
import { owner } from "../owner";
import { xmlReply } from "../reply";
import { isObject } from "../store/version";
import type { ObjectVersion } from "../store/version";
import { inOrder, renderXml } from "../xml";
import type { XmlElement } from "../xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listVersions: Action = {
  permissions: () => ["s3:ListBucketVersions"],
  run: (call) => {
    const encode = readEncoder(call.query);
    const options = readListOptions(call.query);
    const maxKeys = readPageSize(call.query, "max-keys");
    const keyMarker = call.query.get("key-marker") ?? "";
    const versionMarker = call.query.get("version-id-marker") ?? "";
    if (versionMarker !== "" && keyMarker === "") {
      throw invalidArgument(
        "A version-id marker cannot be specified without a key marker.",
        "version-id-marker",
        versionMarker,
      );
    }
    const page = readPage(call, keyMarker, versionMarker, maxKeys);
    return xmlReply(
      renderXml("ListVersionsResult", {
        Name: call.bucket.name,
        Prefix: encode(options.prefix),
        Delimiter: options.delimiter === "" ? undefined : encode(options.delimiter),
        KeyMarker: encode(keyMarker),
        VersionIdMarker: versionMarker,
        MaxKeys: maxKeys,
        EncodingType: call.query.get("encoding-type") ?? undefined,
        IsTruncated: page.truncated,
        NextKeyMarker: page.truncated ? encode(page.nextKey) : undefined,
        NextVersionIdMarker: page.truncated ? page.nextVersionId : undefined,
        [inOrder]: page.versions.map((version) => versionElement(call, version)),
        CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
      }),
    );
  },
};

interface Page {
  versions: ObjectVersion[];
  commonPrefixes: string[];
  truncated: boolean;
  /** The last key or common prefix of the page. */
  nextKey: string;
  /** Absent behind a common prefix. */
  nextVersionId?: string;
}

function readPage(call: Call, keyMarker: string, versionMarker: string, maxKeys: number): Page {
  const page: Page = { versions: [], commonPrefixes: [], truncated: false, nextKey: "" };
  for (const item of items(call, keyMarker, versionMarker)) {
    if (page.versions.length + page.commonPrefixes.length === maxKeys) {
      return { ...page, truncated: maxKeys > 0 };
    }
    if (typeof item === "string") {
      page.commonPrefixes.push(item);
      page.nextKey = item;
      delete page.nextVersionId;
    } else {
      page.versions.push(item);
      page.nextKey = item.key;
      page.nextVersionId = item.versionId;
    }
  }
  return page;
}

/** Versions, and common prefixes as plain texts. */
function* items(
  call: Call,
  keyMarker: string,
  versionMarker: string,
): Generator<ObjectVersion | string> {
  const { bucket } = call;
  const options = readListOptions(call.query);
  const marker = markerOf(keyMarker, options);
  if (versionMarker !== "" && marker === keyMarker) {
    const versions = bucket.versionsOf(keyMarker);
    const last = readVersionId(versionMarker);
    yield* versions.slice(versions.findIndex(({ versionId }) => versionId === last) + 1);
  }
  for (const entry of walk(bucket.keys, options, marker, () => true)) {
    if ("commonPrefix" in entry) {
      yield entry.commonPrefix;
    } else {
      yield* bucket.versionsOf(entry.key);
    }
  }
}

function versionElement(call: Call, version: ObjectVersion): XmlElement {
  const encode = readEncoder(call.query);
  const common = {
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: call.bucket.find(version.key) === version,
    LastModified: version.lastModified,
    Owner: owner(call.environment.account),
  };
  if (!isObject(version)) {
    return { DeleteMarker: common };
  }
  const { etag, size, storageClass, checksum } = version.content;
  return {
    Version: {
      ...common,
      ETag: quoted(etag),
      ChecksumAlgorithm: checksum.algorithm,
      ChecksumType: checksum.type,
      Size: size,
      StorageClass: storageClass,
    },
  };
}
