/** What lets a function remove renditions from `arn:renditions`, and have `arn:distribution` forget them. */
export const removesRenditions = [
  {
    Sid: "FindRenditions",
    Effect: "Allow",
    Action: ["s3:ListBucketVersions"],
    Resource: ["arn:renditions"],
    Condition: { StringLike: { "s3:prefix": ["i/*"] } },
  },
  {
    Sid: "RemoveRenditions",
    Effect: "Allow",
    Action: ["s3:DeleteObjectVersion"],
    Resource: ["arn:renditions/i/*"],
  },
  {
    Sid: "Invalidate",
    Effect: "Allow",
    Action: ["cloudfront:CreateInvalidation"],
    Resource: ["arn:distribution"],
  },
];
