import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { InternalReply } from "../../aws/s3/s3";
import { elements, parseXml, text, type XmlElement } from "../../aws/s3/xml";
import { parseJson } from "../../parse-json";
import { ApiError, invalid } from "../api-error";
import type { ApiRoute, FileAnswer } from "../api-routes";
import type { PageSources, ReadRequest } from "../sources";
import { contentHeaders, isText } from "./object-content";
import type { BucketsAnswer, ObjectDetails, ObjectEntry, ObjectsAnswer } from "./types";

/** How many keys, versions and folders a page has. */
const pageSize = 100;

/** Of a text, so much is shown, in bytes. */
const maxTextBytes = 64 * 1024;

/** Headers that tell of an answer, not of the object. */
const perRequest: ReadonlySet<string> = new Set(["x-amz-request-id", "x-amz-id-2"]);

type ReadS3 = PageSources["s3"];

/** The buckets, what is in them by prefix, with versions and delete markers, and single objects. */
export function bucketRoutes({ s3 }: Pick<PageSources, "s3">): ApiRoute[] {
  return [
    { method: "GET", path: "/api/buckets", answer: () => listBuckets(s3) },
    {
      method: "GET",
      path: "/api/buckets/{bucket}/objects",
      answer: ({ params: { bucket = "" }, query }) => listObjects(s3, bucket, query),
    },
    {
      method: "GET",
      path: "/api/buckets/{bucket}/object",
      answer: ({ params: { bucket = "" }, query }) => objectDetails(s3, objectOf(bucket, query)),
    },
    {
      method: "GET",
      path: "/api/buckets/{bucket}/object/content",
      answer: ({ params: { bucket = "" }, query }) =>
        objectContent(s3, objectOf(bucket, query), query.has("download")),
    },
  ];
}

async function listBuckets(s3: ReadS3): Promise<BucketsAnswer> {
  const document = await readXml(s3, "ListAllMyBucketsResult", { bucket: "", key: "" });
  const names = elements(document, "Buckets").flatMap((list) => elements(list, "Bucket"));
  const buckets = names.map(async (bucket) => {
    const name = text(bucket, "Name") ?? "";
    const query = new URLSearchParams({ versioning: "" });
    const versioning = await readXml(s3, "VersioningConfiguration", {
      bucket: name,
      key: "",
      query,
    });
    return {
      name,
      createdAt: text(bucket, "CreationDate") ?? "",
      versioning: text(versioning, "Status") === "Enabled",
    };
  });
  return { buckets: await Promise.all(buckets) };
}

async function listObjects(
  s3: ReadS3,
  bucket: string,
  query: URLSearchParams,
): Promise<ObjectsAnswer> {
  const common = {
    prefix: query.get("prefix") ?? "",
    delimiter: "/",
    "encoding-type": "url",
    "max-keys": String(pageSize),
  };
  const cursor = query.get("cursor");
  return query.get("versions") === "true"
    ? listVersions(s3, bucket, { ...common, versions: "", ...versionCursor(cursor) })
    : listLatest(s3, bucket, {
        ...common,
        "list-type": "2",
        ...(cursor !== null && { "continuation-token": cursor }),
      });
}

async function listLatest(
  s3: ReadS3,
  bucket: string,
  parameters: Record<string, string>,
): Promise<ObjectsAnswer> {
  const query = new URLSearchParams(parameters);
  const document = await readXml(s3, "ListBucketResult", { bucket, key: "", query });
  const next = text(document, "NextContinuationToken");
  return {
    folders: foldersIn(document),
    entries: elements(document, "Contents").map((element) => entryOf(element)),
    ...(next !== undefined && { cursor: next }),
  };
}

async function listVersions(
  s3: ReadS3,
  bucket: string,
  parameters: Record<string, string>,
): Promise<ObjectsAnswer> {
  const query = new URLSearchParams(parameters);
  const document = await readXml(s3, "ListVersionsResult", { bucket, key: "", query });
  const versions = ["Version", "DeleteMarker"].flatMap((kind) =>
    elements(document, kind).map((element) => ({
      ...entryOf(element),
      versionId: text(element, "VersionId") ?? "null",
      isLatest: text(element, "IsLatest") === "true",
      isDeleteMarker: kind === "DeleteMarker",
    })),
  );
  const key = text(document, "NextKeyMarker");
  return {
    folders: foldersIn(document),
    entries: versions.sort(byKeyAndAge),
    ...(key !== undefined && {
      cursor: JSON.stringify([decodeKey(key), text(document, "NextVersionIdMarker") ?? ""]),
    }),
  };
}

function versionCursor(cursor: string | null): Record<string, string> {
  if (cursor === null) {
    return {};
  }
  const markers = parseJson(cursor);
  if (!Array.isArray(markers) || !markers.every((marker) => typeof marker === "string")) {
    throw invalid("The cursor is none that this page has given.");
  }
  const [keyMarker = "", versionMarker = ""] = markers;
  return {
    "key-marker": keyMarker,
    ...(versionMarker !== "" && { "version-id-marker": versionMarker }),
  };
}

/** In the order of keys, the versions of each from the latest to the oldest. */
function byKeyAndAge(one: ObjectEntry, other: ObjectEntry): number {
  if (one.key !== other.key) {
    return Buffer.compare(Buffer.from(one.key), Buffer.from(other.key));
  }
  return (
    Number(other.isLatest) - Number(one.isLatest) || (one.modifiedAt < other.modifiedAt ? 1 : -1)
  );
}

function entryOf(element: XmlElement): ObjectEntry {
  return {
    key: decodeKey(text(element, "Key") ?? ""),
    bytes: Number(text(element, "Size") ?? 0),
    modifiedAt: text(element, "LastModified") ?? "",
  };
}

function foldersIn(document: XmlElement): string[] {
  return elements(document, "CommonPrefixes").map((each) => decodeKey(text(each, "Prefix") ?? ""));
}

/** The reverse of `encoding-type=url`. */
function decodeKey(key: string): string {
  return decodeURIComponent(key.replaceAll("+", "%20"));
}

function objectOf(bucket: string, query: URLSearchParams) {
  const key = query.get("key");
  if (!key) {
    throw invalid("key is missing.");
  }
  const versionId = query.get("versionId");
  return { bucket, key, query: new URLSearchParams(versionId === null ? {} : { versionId }) };
}

async function objectDetails(
  s3: ReadS3,
  object: ReturnType<typeof objectOf>,
): Promise<ObjectDetails> {
  const { headers } = await read(s3, { method: "HEAD", ...object });
  const contentType = headers["content-type"] ?? "";
  const bytes = Number(headers["content-length"] ?? 0);
  const isLong = bytes > maxTextBytes;
  return {
    key: object.key,
    bytes,
    contentType,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || perRequest.has(name) ? [] : [[name, value]],
    ),
    ...(isText(contentType) &&
      (isLong
        ? { maxTextBytes }
        : { text: String(await contentOf(await read(s3, { method: "GET", ...object }))) })),
  };
}

async function objectContent(
  s3: ReadS3,
  object: ReturnType<typeof objectOf>,
  asDownload: boolean,
): Promise<FileAnswer> {
  const { headers, body } = await read(s3, { method: "GET", ...object });
  return { headers: contentHeaders(object.key, headers, asDownload), file: body };
}

async function readXml(
  s3: ReadS3,
  root: string,
  request: Omit<ReadRequest, "method">,
): Promise<XmlElement> {
  const reply = await read(s3, { method: "GET", ...request });
  return parseXml(String(await contentOf(reply)), root);
}

/** @throws ApiError what S3 says where it refuses. */
async function read(s3: ReadS3, request: ReadRequest): Promise<InternalReply> {
  const reply = await s3(request);
  if (reply.status >= 300) {
    throw await refusal(reply, request);
  }
  return reply;
}

async function refusal(reply: InternalReply, { method, bucket, key }: ReadRequest) {
  const content = String(await contentOf(reply));
  if (method === "HEAD" || content === "") {
    return new ApiError(
      reply.status,
      "Refused",
      `S3 answers ${reply.status} for ${bucket}/${key}.`,
    );
  }
  const error = parseXml(content, "Error");
  return new ApiError(reply.status, text(error, "Code") ?? "Refused", text(error, "Message") ?? "");
}

async function contentOf({ body }: InternalReply): Promise<Buffer> {
  return body instanceof Readable ? await buffer(body) : body;
}
