import { positionOf, type ResultItem } from "../../../handlers/records/results-table";

/** Key of an item of the results table. */
export type ResultKey = Pick<ResultItem, "id" | "position">;

/** What a run of the suite has made in a stack, so that it can be removed again. */
export interface Made {
  /** Ids of images, and of uploads that may have become images. */
  images: Set<string>;
  /** Keys of results, and where each is listed. */
  results: Map<string, ResultKey>;
  /** Ids of records. */
  records: Set<string>;
}

export function nothingMade(): Made {
  return { images: new Set(), results: new Map(), records: new Set() };
}

/** Notes what an answer of the API says that it has made. */
export function noteAnswer(
  { images, results, records }: Made,
  { body }: { body: Record<string, unknown> },
): void {
  const { id: recordId, imageId, uploadId, s3Key, processedData } = body;
  if (typeof recordId === "string") {
    records.add(recordId);
  }
  for (const id of [imageId, uploadId].filter((each) => typeof each === "string")) {
    images.add(id);
  }
  if (typeof s3Key === "string") {
    const { id, processedAt } = processedData as { id: string; processedAt: string };
    const resultId = s3Key.slice("results/".length, -".json".length);
    results.set(s3Key, { id, position: positionOf({ timestamp: processedAt, resultId }) });
  }
}
