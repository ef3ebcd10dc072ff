import { randomUUID } from "node:crypto";
import {
  type CloudFrontClient,
  CloudFrontServiceException,
  CreateInvalidationCommand,
} from "@aws-sdk/client-cloudfront";

/**
 * Paths that end in `*` of which CloudFront works on so many at a time, for each distribution.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export const maxWildcardPaths = 15;

/** What CloudFront says when too many are under way, or asked for too fast. */
const throttles: readonly string[] = [
  "TooManyInvalidationsInProgress",
  "Throttling",
  "ThrottlingException",
];

/** Makes the edge forget what it has in its caches. */
export class Invalidations {
  readonly #cloudFront: CloudFrontClient;
  readonly #distributionId: string;

  constructor(cloudFront: CloudFrontClient, distributionId: string) {
    this.#cloudFront = cloudFront;
    this.#distributionId = distributionId;
  }

  /**
   * Asks CloudFront to forget whatever has these paths, which it has done some seconds later.
   *
   * @param paths each begins with a slash; `*` at the end stands for any characters. At most
   * `maxWildcardPaths` that end so.
   * @returns "throttled" when CloudFront has to be asked again later.
   */
  async invalidate(paths: readonly string[]): Promise<"accepted" | "throttled"> {
    const command = new CreateInvalidationCommand({
      DistributionId: this.#distributionId,
      InvalidationBatch: {
        // By which CloudFront knows a request that the SDK repeats. Another call is always another
        // invalidation: there may be new things to forget under the same paths.
        CallerReference: randomUUID(),
        Paths: { Quantity: paths.length, Items: [...paths] },
      },
    });
    try {
      await this.#cloudFront.send(command);
      return "accepted";
    } catch (error) {
      if (error instanceof CloudFrontServiceException && throttles.includes(error.name)) {
        return "throttled";
      }
      throw error;
    }
  }
}
