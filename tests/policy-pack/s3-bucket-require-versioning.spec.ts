import { s3BucketRequireVersioning as policy } from "../../policy-pack/policies/s3-bucket-require-versioning";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("s3-bucket-require-versioning", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", { bucket: "images-1a2b3c" });
  const versioning = resource("aws:s3/bucketVersioning:BucketVersioning", "images", {
    bucket: outputOf(bucket),
    versioningConfiguration: { status: "Enabled" },
  });
  const problem = 'aws.s3.Bucket "images" keeps no versions';

  it("accepts versioning as a resource, by output or by name", async () => {
    await assertAccepted(policy, [bucket, versioning]);
    await assertAccepted(policy, [bucket, spoiled(versioning, { bucket: "images-1a2b3c" })]);
  });

  it("accepts inline versioning, that of the legacy type, and Object Lock", async () => {
    await assertAccepted(policy, [
      spoiled(bucket, { versioning: { enabled: true } }),
      resource("aws:s3/bucketV2:BucketV2", "legacy", { versionings: [{ enabled: true }] }),
      resource("aws:s3/bucket:Bucket", "locked", { objectLockEnabled: true }),
    ]);
  });

  it("accepts what is not known yet", async () => {
    for (const value of [outputOf(), { status: outputOf() }]) {
      await assertAccepted(policy, [
        bucket,
        spoiled(versioning, { versioningConfiguration: value }),
      ]);
    }
  });

  it("refuses a bucket without versioning", async () => {
    await assertRefused(policy, [bucket], problem);
  });

  for (const versioningConfiguration of [undefined, {}, { status: "Suspended" }]) {
    it(`refuses ${JSON.stringify(versioningConfiguration)}`, async () => {
      await assertRefused(
        policy,
        [bucket, spoiled(versioning, { versioningConfiguration })],
        problem,
      );
    });
  }
});
