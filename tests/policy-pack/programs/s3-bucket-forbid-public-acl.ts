import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:s3/bucketAcl:BucketAcl",
  clean: { bucket: "images", acl: "private" },
  wrong: [[{ acl: "public-read" }, "has the ACL public-read"]],
});
