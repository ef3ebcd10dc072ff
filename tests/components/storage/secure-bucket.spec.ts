import assert from "node:assert/strict";
import { SecureBucket } from "../../../components/storage/secure-bucket";
import { type MockedRun, runMocked } from "../../support/pulumi";

describe("SecureBucket", () => {
  let run: MockedRun;

  before(async () => {
    ({ run } = await runMocked(() => {
      new SecureBucket("data", { protect: true, forceDestroy: false }).attachPolicy();
    }));
  });

  it("makes a bucket without any of the inline properties that aws 7 deprecates", () => {
    assert.deepEqual(run.inputs("aws:s3/bucket:Bucket", "data"), {
      objectLockEnabled: false,
      forceDestroy: false,
    });
  });

  it("keeps versions", () => {
    assert.deepEqual(run.inputs("aws:s3/bucketVersioning:BucketVersioning", "data-versioning"), {
      bucket: "data-id",
      versioningConfiguration: { status: "Enabled" },
    });
  });

  it("encrypts", () => {
    const type =
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    assert.deepEqual(run.inputs(type, "data-encryption"), {
      bucket: "data-id",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
  });

  it("blocks every kind of public access", () => {
    const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    assert.deepEqual(run.inputs(type, "data-public-access"), {
      bucket: "data-id",
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("knows no ACLs", () => {
    const type = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
    assert.deepEqual(run.inputs(type, "data-ownership"), {
      bucket: "data-id",
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  });

  it("clears away old versions, markers of deleted objects and abandoned uploads", () => {
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    assert.deepEqual(run.inputs(type, "data-lifecycle"), {
      bucket: "data-id",
      rules: [
        {
          id: "expire-leftovers",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
          expiration: { expiredObjectDeleteMarker: true },
        },
      ],
    });
  });

  it("takes further lifecycle rules into the one configuration that a bucket has", async () => {
    const rule = {
      id: "more",
      status: "Enabled",
      filter: { prefix: "a/" },
      expiration: { days: 1 },
    };
    const { run: ruled } = await runMocked(
      () =>
        new SecureBucket("data", { protect: true, forceDestroy: false, lifecycleRules: [rule] }),
    );
    const [configuration, ...others] = ruled.ofType(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    );
    assert.deepEqual(others, []);
    const rules = configuration?.inputs.rules as { id: string }[];
    assert.deepEqual(
      rules.map(({ id }) => id),
      ["expire-leftovers", "more"],
    );
    assert.deepEqual(rules[1], rule);
  });

  it("has one policy, which demands TLS", () => {
    const policies = run.ofType("aws:s3/bucketPolicy:BucketPolicy");
    assert.equal(policies.length, 1);
    assert.match(String(policies[0]?.inputs.policy), /"Sid":"TlsOnly"/);
  });

  it("makes ownership controls, public access block and policy one after another", () => {
    const ownership = "aws:s3/bucketOwnershipControls:BucketOwnershipControls data-ownership";
    const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock data-public-access";
    assert.ok(run.waits(block, ownership));
    assert.ok(run.waits("aws:s3/bucketPolicy:BucketPolicy data-policy", block));
  });

  it("has no policy until it is told to", async () => {
    const { run: bare } = await runMocked(
      () => new SecureBucket("bare", { protect: false, forceDestroy: true }),
    );
    assert.deepEqual(bare.ofType("aws:s3/bucketPolicy:BucketPolicy"), []);
  });
});
