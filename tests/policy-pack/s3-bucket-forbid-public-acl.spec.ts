import { s3BucketForbidPublicAcl as policy } from "../../policy-pack/policies/s3-bucket-forbid-public-acl";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("s3-bucket-forbid-public-acl", () => {
  const acl = resource("aws:s3/bucketAcl:BucketAcl", "images", { acl: "private" });
  const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";

  it("accepts private ACLs, none, and those that are not known yet", async () => {
    await assertAccepted(policy, [
      acl,
      spoiled(acl, { acl: "log-delivery-write" }),
      spoiled(acl, { acl: undefined }),
      spoiled(acl, { acl: outputOf(), accessControlPolicy: outputOf() }),
      spoiled(acl, {
        accessControlPolicy: { grants: [{ grantee: { type: "CanonicalUser", id: outputOf() } }] },
      }),
    ]);
  });

  for (const open of ["public-read", "public-read-write", "authenticated-read"]) {
    for (const type of [
      "aws:s3/bucketAcl:BucketAcl",
      "aws:s3/bucketAclV2:BucketAclV2",
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketV2:BucketV2",
      "aws:s3/bucketObject:BucketObject",
      "aws:s3/bucketObjectv2:BucketObjectv2",
    ]) {
      it(`refuses ${open} on ${type}`, async () => {
        const className = type.split(":")[2] ?? "";
        await assertRefused(
          policy,
          [resource(type, "images", { acl: open })],
          `aws.s3.${className} "images" has the ACL ${open}`,
        );
      });
    }
  }

  it("refuses grants to everybody, separate or inline", async () => {
    const grant = { grantee: { type: "Group", uri: everybody }, permission: "READ" };
    await assertRefused(
      policy,
      [spoiled(acl, { acl: undefined, accessControlPolicy: { grants: [grant] } })],
      'aws.s3.BucketAcl "images" has an ACL that grants access to everybody',
    );
    await assertRefused(
      policy,
      [resource("aws:s3/bucket:Bucket", "images", { grants: [{ type: "Group", uri: everybody }] })],
      'aws.s3.Bucket "images" has an ACL that grants access to everybody',
    );
  });
});
