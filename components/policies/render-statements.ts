import type * as aws from "@pulumi/aws";
import { renditionsRoot } from "../../handlers/renditions/rendition-keys";
import { allow, type Arns, objectsUnder, readImages } from "./grants";

/** What makes renditions of images and stores them, and takes one back that came too late. */
export function renderImageStatements(
  arns: Arns<"imagesBucket" | "imagesTable" | "renditionsBucket">,
): aws.iam.PolicyStatement[] {
  const renditions = objectsUnder(arns.renditionsBucket, renditionsRoot);
  return [
    allow("ReadMetadata", ["dynamodb:GetItem"], [arns.imagesTable]),
    readImages(arns),
    allow("StoreRenditions", ["s3:PutObject"], renditions),
    // URLs of those that an answer cannot hold carry the function's own rights.
    allow("PresignRenditions", ["s3:GetObject"], renditions),
    allow("TakeBackRenditions", ["s3:DeleteObjectVersion"], renditions),
  ];
}
