/** What a run of the suite has made in a stack, so that it can be removed again. */
export interface Made {
  /** Ids of images, and of uploads that may have become images. */
  images: Set<string>;
  /** Keys of results. */
  results: Set<string>;
  /** Ids of records. */
  records: Set<string>;
}

export function nothingMade(): Made {
  return { images: new Set(), results: new Set(), records: new Set() };
}

/** Notes what an answer of the API says that it has made. */
export function noteAnswer(
  { images, results }: Made,
  { body }: { body: Record<string, unknown> },
): void {
  const { imageId, uploadId, s3Key } = body;
  for (const id of [imageId, uploadId].filter((each) => typeof each === "string")) {
    images.add(id);
  }
  if (typeof s3Key === "string") {
    results.add(s3Key);
  }
}
