import type * as pulumi from "@pulumi/pulumi";
import { renditionsRoot } from "../../handlers/renditions/rendition-keys";
import { SecureBucket } from "./secure-bucket";

/** Where the pages of errors are that CloudFront answers by itself. */
export const errorPagesPrefix = "errors/";

/**
 * Days for which CloudFront keeps a rendition at most without asking the bucket again. A rendition that
 * has expired is hidden for as long before it is gone: whoever removes an image sees by that that
 * there was one, which caches may still have.
 */
export const edgeCacheDays = 30;

/**
 * Creates the bucket that keeps renditions until they expire. They can all be made again, so nothing
 * protects them.
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
          filter: { prefix: renditionsRoot },
          expiration: { days: expireDays },
          noncurrentVersionExpiration: { noncurrentDays: edgeCacheDays },
        },
      ],
    },
    { parent },
  );
}
