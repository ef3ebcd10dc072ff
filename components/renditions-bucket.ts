import type * as pulumi from "@pulumi/pulumi";
import { SecureBucket } from "./secure-bucket";

/** Where renditions are, by image: as in the URLs by which they are served. */
export const renditionsPrefix = "i/";

/** Where the pages of errors are that CloudFront answers by itself. */
export const errorPagesPrefix = "errors/";

/**
 * Creates the bucket that keeps renditions until they expire. They can all be made again, so nothing
 * protects them, and old versions of them are gone after a day.
 *
 * @param expireDays days after which a rendition is removed.
 */
export function createRenditionsBucket(
  name: string,
  expireDays: number,
  parent: pulumi.Resource,
): SecureBucket {
  return new SecureBucket(
    name,
    {
      protect: false,
      forceDestroy: true,
      lifecycleRules: [
        {
          id: "expire-renditions",
          status: "Enabled",
          filter: { prefix: renditionsPrefix },
          expiration: { days: expireDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
        },
      ],
    },
    { parent },
  );
}
