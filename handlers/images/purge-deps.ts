import { createCloudFront, createDynamoDb, createS3 } from "../aws/clients";
import { setting } from "../aws/settings";
import type { RenditionDeps } from "../renditions/clear-renditions";
import { Invalidations } from "../renditions/invalidations";
import { RenditionsBucket } from "../renditions/renditions-bucket";
import { createUserCounts } from "../users/user-counts";
import { ImagesBucket } from "./images-bucket";
import { Publication } from "./publication";
import type { PurgeDeps } from "./purge";

/** What removing images needs, as the environment names it. */
export function createPurgeDeps(
  settings: NodeJS.ProcessEnv,
  dynamoDb = createDynamoDb(),
): PurgeDeps {
  const s3 = createS3();
  return {
    bucket: new ImagesBucket(s3, setting(settings, "IMAGES_BUCKET")),
    publication: new Publication(dynamoDb, {
      images: setting(settings, "IMAGES_TABLE"),
      tags: setting(settings, "TAGS_TABLE"),
      counts: createUserCounts(settings, dynamoDb, "unlimited"),
    }),
    ...createRenditionDeps(settings, s3),
  };
}

/** What removing renditions alone needs. */
export function createRenditionDeps(
  settings: NodeJS.ProcessEnv,
  s3 = createS3(),
): Pick<RenditionDeps, "renditions" | "invalidations"> {
  return {
    renditions: new RenditionsBucket(s3, setting(settings, "RENDITIONS_BUCKET")),
    invalidations: new Invalidations(createCloudFront(), setting(settings, "DISTRIBUTION_ID")),
  };
}
