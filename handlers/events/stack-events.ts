// What the program that filters changes of rows and the function that tells of them agree on. Imports no
// SDK, since the program loads it too.

/** The source of all events of a stack, which tells them from those of others on the same bus. */
export const eventSource = "darkroom";

/**
 * Of details. It changes when a member goes or means something else; members that are added leave it as
 * it is.
 */
export const schemaVersion = 1;

/** What has happened, as rules name it. */
export type DetailType = "ImageDeleted" | "ImageReady" | "ImageRejected" | "ResultStored";

/** What all details have. */
export interface CommonDetail {
  schemaVersion: typeof schemaVersion;
  /** The same whenever the same event is delivered, and of no two events. */
  eventId: string;
  /** ISO 8601, UTC, seconds. */
  occurredAt: string;
}

/** Any client may get the image from now on. */
export interface ImageReadyDetail extends CommonDetail {
  status: "ready";
  imageId: string;
  userId: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Pixels as stored, before an orientation is applied. */
  width: number;
  height: number;
  /** As in the image's metadata: ISO 8601, UTC, milliseconds. */
  timestamp: string;
}

/** A direct upload has become no image, or an image has proved to be none. */
export interface ImageRejectedDetail extends CommonDetail {
  status: "rejected";
  imageId: string;
  userId: string;
  /** Whether it was an image before, of which an `ImageReady` has told. */
  wasReady: boolean;
  /** As `GET /uploads/{id}` tells it. */
  reason: { code: string; message: string };
}

/** No client gets the image any more. */
export interface ImageDeletedDetail extends CommonDetail {
  status: "deleted";
  imageId: string;
  userId: string;
}

/** A result of POST /process can be read. */
export interface ResultStoredDetail extends CommonDetail {
  status: "stored";
  resultId: string;
  /** Of the record. */
  id: string;
  /** Of the object in the results bucket, and its path in the CDN. */
  s3Key: string;
  /** Bytes of its JSON. */
  bytes: number;
  /** Left out where users are not known. */
  userId?: string;
  /** As in the result: ISO 8601, UTC, milliseconds. */
  timestamp: string;
}

/** A row's `state`; `none` is that of no row. */
type RowState = "deleting" | "none" | "pending" | "ready" | "rejected";

/** What happens to images. */
type ImageEvent = Exclude<DetailType, "ResultStored">;

/** A change of an image's row of which there is an event. */
interface ImageChange {
  detailType: ImageEvent;
  from: readonly RowState[];
  to: readonly RowState[];
}

/**
 * An image is told of when it is ready, and when it has ended: when it is rejected, or deleted. What was no
 * image yet ends without an event unless it is rejected: an upload that was given up, that has expired, or
 * that a client has deleted. Of what was rejected, nothing else is told.
 */
export const imageChanges: readonly ImageChange[] = [
  { detailType: "ImageReady", from: ["pending", "deleting", "rejected", "none"], to: ["ready"] },
  { detailType: "ImageRejected", from: ["pending", "ready"], to: ["rejected"] },
  { detailType: "ImageDeleted", from: ["ready"], to: ["deleting", "none"] },
];

/** The event of a change, if there is one. */
export function imageEventOf(from: string, to: string): ImageEvent | undefined {
  return imageChanges.find(
    (change) =>
      change.from.some((state) => state === from) && change.to.some((state) => state === to),
  )?.detailType;
}

/** A filter of an event source mapping, as JSON has it. */
export type ChangeFilter = Readonly<Record<string, unknown>>;

/**
 * Filters that pass what `imageEventOf` has an event for, and nothing else: five, the most that a mapping
 * has.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 */
export const imageFilters: readonly ChangeFilter[] = imageChanges.flatMap(({ from, to }) =>
  statesApart(from).flatMap((before) =>
    statesApart(to).map((after) => rowFilter("state", before, after)),
  ),
);

/** The filter that passes results that are new. Whoever writes a result again changes nothing. */
export const resultFilters: readonly ChangeFilter[] = [
  rowFilter("resultId", [{ exists: false }], [{ exists: true }]),
];

/** What is looked for in an attribute: one of these, and apart from them that there is none. */
function statesApart(states: readonly RowState[]): unknown[][] {
  const named = states.filter((state) => state !== "none");
  return [
    ...(named.length > 0 ? [named] : []),
    ...(states.includes("none") ? [[{ exists: false }]] : []),
  ];
}

function rowFilter(attribute: string, before: unknown[], after: unknown[]): ChangeFilter {
  return {
    dynamodb: {
      OldImage: { [attribute]: { S: before } },
      NewImage: { [attribute]: { S: after } },
    },
  };
}
