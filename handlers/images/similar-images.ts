import { type DynamoDBDocumentClient, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { ApiError, InvalidRequestError } from "../http/errors";
import { defaultDistance } from "../http/schemas";
import type { Caller } from "../users/caller";
import { checkImageId } from "./image-id";
import type { Images } from "./images";
import { type ImageMetadata, similarIndex } from "./images-table";
import { hashDistance } from "./look/perceptual-hash";

/** Keys that DynamoDB takes in one BatchGetItem at most. */
const maxBatchSize = 100;

/** What is looked for. */
export interface SimilarTo {
  imageId: string;
  /** Bits in which perceptual hashes may differ. */
  maxDistance: number;
}

/** An image that looks like another. */
export type SimilarImage = ImageMetadata & {
  /** Bits in which the perceptual hashes differ. */
  distance: number;
};

/** Parameters of a list that say what its images are to look like. */
interface SimilarQuery {
  similarTo?: string | undefined;
  maxDistance?: string | undefined;
  tag?: string | undefined;
  cursor?: string | undefined;
}

/**
 * @throws InvalidRequestError when other parameters contradict.
 * @throws ApiError 404 `ImageNotFound` for what can be no id.
 */
export function readSimilarTo(query: SimilarQuery): SimilarTo | undefined {
  const { similarTo, maxDistance } = query;
  if (similarTo === undefined) {
    if (maxDistance !== undefined) {
      throw new InvalidRequestError([
        { field: "maxDistance", problem: "is of no use without similarTo" },
      ]);
    }
    return undefined;
  }
  const contradicting = (["tag", "cursor"] as const).filter((name) => query[name] !== undefined);
  if (contradicting.length > 0) {
    throw new InvalidRequestError(
      contradicting.map((field) => ({ field, problem: "cannot be combined with similarTo" })),
    );
  }
  return { imageId: checkImageId(similarTo), maxDistance: Number(maxDistance ?? defaultDistance) };
}

/** What the index has of an image. */
interface IndexedHash {
  imageId: string;
  perceptualHash: string;
}

/**
 * Finds images by how they look. It reads the hashes of all of the user's images, some 8,000 in a
 * request of DynamoDB: bands of hashes, by which less would be read, would have to be so short for
 * distances of ten bits that nearly as much would be read, and written eleven times.
 */
export class SimilarImages {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #images: Images;

  constructor(client: DynamoDBDocumentClient, table: string, images: Images) {
    this.#client = client;
    this.#table = table;
    this.#images = images;
  }

  /**
   * Images of the same user that look like an image, most similar first, without itself.
   *
   * @param who asks, and whose the image is to be, if that was said.
   * @param pageSize how many are read at a time, a hundred at most.
   * @throws ApiError 404 `ImageNotFound` or `ImageRejected`, 409 `NotDescribed`, 400.
   */
  async *list(
    { imageId, maxDistance }: SimilarTo,
    { userId, caller }: { userId: string | undefined; caller: Caller },
    pageSize: number,
  ): AsyncGenerator<SimilarImage> {
    const image = await this.#images.require(imageId, caller);
    if (userId !== undefined && userId !== image.userId) {
      throw new InvalidRequestError([
        { field: "userId", problem: "is not the user whose image similarTo names" },
      ]);
    }
    const distances = await this.#distances(image, maxDistance);
    const ids = [...distances.keys()].toSorted(
      (one, other) =>
        (distances.get(one) ?? 0) - (distances.get(other) ?? 0) || (one < other ? -1 : 1),
    );
    const size = Math.min(pageSize, maxBatchSize);
    for (let at = 0; at < ids.length; at += size) {
      // What the index still has, may be gone.
      for (const found of await this.#images.getAll(ids.slice(at, at + size))) {
        yield { ...found, distance: distances.get(found.imageId) ?? 0 };
      }
    }
  }

  /** Distances by the ids of the images that are near enough. */
  async #distances(image: ImageMetadata, maxDistance: number): Promise<Map<string, number>> {
    const { userId, perceptualHash } = image;
    if (perceptualHash === undefined) {
      throw notDescribed();
    }
    const near = new Map<string, number>();
    const query = {
      TableName: this.#table,
      IndexName: similarIndex,
      // Those that are equal, the index has side by side.
      KeyConditionExpression:
        maxDistance === 0 ? "userId = :user AND perceptualHash = :hash" : "userId = :user",
      ExpressionAttributeValues: {
        ":user": userId,
        ...(maxDistance === 0 && { ":hash": perceptualHash }),
      },
    };
    for await (const { Items = [] } of paginateQuery({ client: this.#client }, query)) {
      for (const one of Items as IndexedHash[]) {
        const distance = hashDistance(perceptualHash, one.perceptualHash);
        if (distance <= maxDistance && one.imageId !== image.imageId) {
          near.set(one.imageId, distance);
        }
      }
    }
    return near;
  }
}

function notDescribed(): ApiError {
  return new ApiError(
    409,
    "NotDescribed",
    "It is not known yet how the image looks: try again in a moment.",
    {},
    { "Retry-After": "2" },
  );
}
