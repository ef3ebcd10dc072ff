import type * as aws from "@pulumi/aws";
import { refreshPartition, sweepIndex, sweepPartition } from "../../handlers/images/images-table";
import {
  allow,
  type Arns,
  inPartitions,
  objectsUnder,
  readImages,
  rememberAnswers,
  removeMetadata,
  removeRenditions,
  removeVersions,
} from "./grants";

/** What stores an image and, if anything fails, takes it back. */
export function uploadImageStatements(
  arns: Arns<"imagesBucket" | "imagesTable" | "tagsTable" | "idempotencyTable">,
): aws.iam.PolicyStatement[] {
  return [
    allow("StoreImages", ["s3:PutObject"], objectsUnder(arns.imagesBucket, "images/")),
    readImages(arns),
    ...removeVersions(arns.imagesBucket, "images/"),
    allow("StoreMetadata", ["dynamodb:PutItem", "dynamodb:GetItem"], [arns.imagesTable]),
    allow("StoreTags", ["dynamodb:PutItem", "dynamodb:DeleteItem"], [arns.tagsTable]),
    rememberAnswers(arns),
  ];
}

/** What lets an image wait until it is scanned and, if that fails, takes it back. */
export function stageImageStatements(
  arns: Arns<"imagesBucket" | "imagesTable" | "idempotencyTable">,
): aws.iam.PolicyStatement[] {
  return [
    allow("StageImages", ["s3:PutObject"], objectsUnder(arns.imagesBucket, "uploads/")),
    ...removeVersions(arns.imagesBucket, "images/", "uploads/"),
    allow("NoteUploads", ["dynamodb:PutItem", "dynamodb:GetItem"], [arns.imagesTable]),
    rememberAnswers(arns),
  ];
}

/** What presigns a form for an upload, which carries its own rights, and notes the upload. */
export function createUploadStatements(
  arns: Arns<"imagesBucket" | "imagesTable" | "idempotencyTable">,
): aws.iam.PolicyStatement[] {
  return [
    allow("PresignForms", ["s3:PutObject"], objectsUnder(arns.imagesBucket, "uploads/")),
    allow("NoteUploads", ["dynamodb:PutItem"], [arns.imagesTable]),
    rememberAnswers(arns),
  ];
}

/** What tells how an upload stands. */
export function getUploadStatements({
  imagesTable,
}: Arns<"imagesTable">): aws.iam.PolicyStatement[] {
  return [allow("ReadUploads", ["dynamodb:GetItem"], [imagesTable])];
}

/** What checks an upload, and copies it to where images are or rejects it. */
export function finaliseUploadStatements({
  imagesBucket,
  imagesTable,
  tagsTable,
}: Arns<"imagesBucket" | "imagesTable" | "tagsTable">): aws.iam.PolicyStatement[] {
  return [
    // The very version that is checked is copied, whatever came after it.
    allow("ReadUploads", ["s3:GetObjectVersion"], objectsUnder(imagesBucket, "uploads/")),
    allow("StoreImages", ["s3:PutObject"], objectsUnder(imagesBucket, "images/")),
    allow("RemoveUploads", ["s3:DeleteObjectVersion"], objectsUnder(imagesBucket, "uploads/")),
    // Copies that were made twice, or of what was deleted meanwhile.
    ...removeVersions(imagesBucket, "images/"),
    allow(
      "StoreMetadata",
      ["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:PutItem"],
      [imagesTable],
    ),
    allow("StoreTags", ["dynamodb:PutItem"], [tagsTable]),
  ];
}

/** What reads an image and notes how it looks, or hides it when it is none. */
export function describeImageStatements(
  arns: Arns<
    "imagesBucket" | "imagesTable" | "tagsTable" | "renditionsBucket" | "imageDistribution"
  >,
): aws.iam.PolicyStatement[] {
  return [
    // Without a version's id, a delete leaves what it hides.
    allow(
      "ReadAndHideImages",
      ["s3:GetObject", "s3:DeleteObject"],
      objectsUnder(arns.imagesBucket, "images/"),
    ),
    allow(
      "DescribeImages",
      ["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:PutItem"],
      [arns.imagesTable],
    ),
    allow("RemoveTags", ["dynamodb:DeleteItem"], [arns.tagsTable]),
    ...removeRenditions(arns),
  ];
}

/** What finds uploads and deletes that were not finished, and removes them as a delete does. */
export function sweepImagesStatements(
  arns: Arns<"imagesBucket" | "imagesTable" | "renditionsBucket" | "imageDistribution">,
): aws.iam.PolicyStatement[] {
  return [
    allow(
      "FindUnfinished",
      ["dynamodb:Query"],
      [`${arns.imagesTable}/index/${sweepIndex}`],
      inPartitions(sweepPartition, refreshPartition),
    ),
    removeMetadata(arns.imagesTable),
    ...removeVersions(arns.imagesBucket, "images/", "uploads/"),
    ...removeRenditions(arns),
  ];
}
