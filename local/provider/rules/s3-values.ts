/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const storageClasses = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "OUTPOSTS",
  "GLACIER_IR",
  "SNOW",
  "EXPRESS_ONEZONE",
  "FSX_OPENZFS",
  "FSX_ONTAP",
];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Transition.html */
export const transitionClasses = [
  "GLACIER",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
];

export const encryptionAlgorithms = ["AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"];

/** Canned ACLs that buckets and objects have in common. */
export const cannedAcls = [
  "private",
  "public-read",
  "public-read-write",
  "authenticated-read",
  "aws-exec-read",
] as const;
