import type * as aws from "@pulumi/aws";
import { renditionsRoot } from "../../handlers/renditions/rendition-keys";

/** ARNs of what a function works with, by name. */
export type Arns<Name extends string> = Readonly<Record<Name, string>>;

/** Conditions by operator and key, each with the values of which one is to be met. */
export type Condition = Record<string, Record<string, string[]>>;

/** A statement that allows these actions, on these resources alone. */
export function allow(
  sid: string,
  actions: string[],
  resources: string[],
  condition?: Condition,
): aws.iam.PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition && { Condition: condition }),
  };
}

/**
 * The condition of a statement about a table, or an index, of which only these partitions are to be
 * touched. All keys of a request are of these, and there is one: without any, all of none are, too.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function inPartitions(...partitions: string[]): Condition {
  return {
    "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": partitions },
    Null: { "dynamodb:LeadingKeys": ["false"] },
  };
}

/** The ARNs of objects under these prefixes of a bucket, each of which ends in a slash. */
export function objectsUnder(bucketArn: string, ...prefixes: string[]): string[] {
  return prefixes.map((prefix) => `${bucketArn}/${prefix}*`);
}

/** Lets a function presign URLs of images, which carry its own rights, and read them. */
export function readImages({ imagesBucket }: Arns<"imagesBucket">): aws.iam.PolicyStatement {
  return allow("ReadImages", ["s3:GetObject"], objectsUnder(imagesBucket, "images/"));
}

/** What replaces an image's row by one that hides it, and removes it in the end. */
export function removeMetadata(imagesTableArn: string): aws.iam.PolicyStatement {
  return allow(
    "RemoveMetadata",
    ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
    [imagesTableArn],
  );
}

/** What finds and removes all versions of objects, where a delete without one would hide them. */
export function removeVersions(
  bucketArn: string,
  ...prefixes: string[]
): aws.iam.PolicyStatement[] {
  return [
    allow("FindVersions", ["s3:ListBucketVersions"], [bucketArn], {
      StringLike: { "s3:prefix": prefixes.map((prefix) => `${prefix}*`) },
    }),
    allow("RemoveVersions", ["s3:DeleteObjectVersion"], objectsUnder(bucketArn, ...prefixes)),
  ];
}

/** What removes renditions, and makes the edge forget them. */
export function removeRenditions({
  renditionsBucket,
  imageDistribution,
}: Arns<"renditionsBucket" | "imageDistribution">): aws.iam.PolicyStatement[] {
  return [
    allow("FindRenditions", ["s3:ListBucketVersions"], [renditionsBucket], {
      StringLike: { "s3:prefix": [`${renditionsRoot}*`] },
    }),
    allow(
      "RemoveRenditions",
      ["s3:DeleteObjectVersion"],
      objectsUnder(renditionsBucket, renditionsRoot),
    ),
    allow("Invalidate", ["cloudfront:CreateInvalidation"], [imageDistribution]),
  ];
}

/** What remembers the answers to requests with an `Idempotency-Key`, and claims of such keys. */
export function rememberAnswers({
  idempotencyTable,
}: Arns<"idempotencyTable">): aws.iam.PolicyStatement {
  return allow(
    "RememberAnswers",
    ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
    [idempotencyTable],
  );
}

/** Lets Lambda, which acts by the function's role, keep events that the function failed on. */
export function keepFailures(queueArn: string): aws.iam.PolicyStatement {
  return allow("KeepFailures", ["sqs:SendMessage"], [queueArn]);
}
