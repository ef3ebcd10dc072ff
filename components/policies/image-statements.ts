import type * as aws from "@pulumi/aws";
import {
  imagesCollection,
  similarIndex,
  timelineIndex,
  userIndex,
} from "../../handlers/images/images-table";
import { tagIndex, userTagIndex } from "../../handlers/images/tags-table";
import {
  allow,
  type Arns,
  inPartitions,
  readImages,
  removeMetadata,
  removeRenditions,
  removeVersions,
} from "./grants";

/** What lists images, all or by user or tag, and presigns their URLs. */
export function listImagesStatements(
  arns: Arns<"imagesBucket" | "imagesTable" | "tagsTable" | "signingKey">,
): aws.iam.PolicyStatement[] {
  const { imagesTable, tagsTable } = arns;
  return [
    // Of the images table itself, only what an index points at is read; neither is queried. Partitions
    // of these indexes are users and tags, which only the function knows.
    allow(
      "QueryIndexes",
      ["dynamodb:Query"],
      [
        ...[userIndex, similarIndex].map((index) => `${imagesTable}/index/${index}`),
        ...[tagIndex, userTagIndex].map((index) => `${tagsTable}/index/${index}`),
      ],
    ),
    allow(
      "QueryTimeline",
      ["dynamodb:Query"],
      [`${imagesTable}/index/${timelineIndex}`],
      inPartitions(imagesCollection),
    ),
    allow("ReadMetadata", ["dynamodb:BatchGetItem", "dynamodb:GetItem"], [imagesTable]),
    readImages(arns),
    readSigningKey(arns),
  ];
}

/** What finds an image, presigns its URL, and signs URLs of its renditions. */
export function getImageStatements(
  arns: Arns<"imagesBucket" | "imagesTable" | "signingKey">,
): aws.iam.PolicyStatement[] {
  return [...getImageContentStatements(arns), readSigningKey(arns)];
}

/** What finds an image, and signs URLs of its renditions. */
export function getImageUrlStatements(
  arns: Arns<"imagesTable" | "signingKey">,
): aws.iam.PolicyStatement[] {
  return [findImage(arns), readSigningKey(arns)];
}

/** What finds an image, and presigns its URL or reads it. */
export function getImageContentStatements(
  arns: Arns<"imagesBucket" | "imagesTable">,
): aws.iam.PolicyStatement[] {
  return [findImage(arns), readImages(arns)];
}

/** What changes an image with its tags, and removes renditions that show something else. */
export function updateImageStatements(
  arns: Arns<"imagesTable" | "tagsTable" | "renditionsBucket" | "imageDistribution">,
): aws.iam.PolicyStatement[] {
  return [
    allow("ChangeMetadata", ["dynamodb:GetItem", "dynamodb:UpdateItem"], [arns.imagesTable]),
    allow("ChangeTags", ["dynamodb:PutItem", "dynamodb:DeleteItem"], [arns.tagsTable]),
    ...removeRenditions(arns),
  ];
}

/** What removes an image for good: hides it, removes its objects' versions, then its row. */
export function deleteImageStatements(
  arns: Arns<
    "imagesBucket" | "imagesTable" | "tagsTable" | "renditionsBucket" | "imageDistribution"
  >,
): aws.iam.PolicyStatement[] {
  return [
    removeMetadata(arns.imagesTable),
    allow("RemoveTags", ["dynamodb:DeleteItem"], [arns.tagsTable]),
    ...removeVersions(arns.imagesBucket, "images/", "uploads/"),
    ...removeRenditions(arns),
  ];
}

function findImage({ imagesTable }: Arns<"imagesTable">): aws.iam.PolicyStatement {
  return allow("ReadMetadata", ["dynamodb:GetItem"], [imagesTable]);
}

/** With the key that Systems Manager encrypts by default, whoever may read a parameter may decrypt it. */
function readSigningKey({ signingKey }: Arns<"signingKey">): aws.iam.PolicyStatement {
  return allow("ReadSigningKey", ["ssm:GetParameter"], [signingKey]);
}
