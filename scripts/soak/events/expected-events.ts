import type { DetailType } from "../../../handlers/events/stack-events";
import type { ImageMetadata } from "../../../handlers/images/images-table";
import type { KeptImage } from "../audit";
import type { Ledger, UploadEntry } from "../ledger";
import type { Stock } from "../stock";

/** An event of which there has to be at least one. */
export interface ExpectedEvent {
  detailType: DetailType;
  /** Of the image, the upload or the result. */
  id: string;
  /** What its detail has to be, apart from what all have; as far as that is known. */
  detail: Readonly<Record<string, unknown>>;
}

/** What is kept, and what clients know. */
export interface Known {
  images: readonly KeptImage[];
  stock: Pick<Stock, "listedResults" | "rows">;
  ledger: Pick<Ledger, "uploads">;
}

/** The events of all that has become ready, was rejected or deleted, or is stored, as far as that is known for sure. */
export function expectedEvents({ images, stock, ledger }: Known): ExpectedEvent[] {
  const users = new Map(ledger.uploads.map(({ imageId, plan }) => [imageId, plan.userId]));
  const rejected = stock.rows.flatMap((row): ExpectedEvent[] => {
    if (row.state !== "rejected") {
      return [];
    }
    const { imageId, rejection, neverReady = false } = row;
    const userId = users.get(imageId);
    const about = { imageId, ...(userId !== undefined && { userId }) };
    return [
      ...(neverReady ? [] : [{ detailType: "ImageReady", id: imageId, detail: about } as const]),
      {
        detailType: "ImageRejected",
        id: imageId,
        detail: { status: "rejected", ...about, wasReady: !neverReady, reason: rejection },
      },
    ];
  });
  const stored = stock.listedResults.map((row): ExpectedEvent => {
    const { resultId, id, s3Key, bytes, userId, timestamp } = row;
    const own = userId !== undefined && { userId };
    const detail = { status: "stored", resultId, id, s3Key, bytes, timestamp, ...own };
    return { detailType: "ResultStored", id: resultId, detail };
  });
  return [
    ...images.map(({ item }) => ready(item)),
    ...ledger.uploads.flatMap(ofUpload),
    ...rejected,
    ...stored,
  ];
}

/** What the client of an upload knows of its image. */
function ofUpload({ answer, deletion, imageId, plan, rejection, wasReady }: UploadEntry) {
  if (imageId === undefined) {
    return [];
  }
  const { userId } = plan;
  const { metadata } = JSON.parse(answer ?? "{}") as { metadata?: ImageMetadata };
  const events: ExpectedEvent[] = [];
  if (metadata) {
    events.push(ready(metadata));
  } else if (wasReady) {
    events.push({ detailType: "ImageReady", id: imageId, detail: { imageId, userId } });
  }
  // What was damaged may have ended by that.
  if (deletion === "acknowledged" && events.length > 0 && plan.defect === undefined) {
    const detail = { status: "deleted", imageId, userId };
    events.push({ detailType: "ImageDeleted", id: imageId, detail });
  }
  if (rejection) {
    const detail = { imageId, userId, reason: rejection };
    events.push({ detailType: "ImageRejected", id: imageId, detail });
  }
  return events;
}

function ready(image: ImageMetadata): ExpectedEvent {
  const { imageId, userId, contentType, size, width, height, timestamp } = image;
  return {
    detailType: "ImageReady",
    id: imageId,
    detail: { status: "ready", imageId, userId, contentType, size, width, height, timestamp },
  };
}
