import assert from "node:assert/strict";
import { Storage, type StorageArgs } from "../../../components/storage/storage";
import { type MockedRun, runMocked } from "../../support/pulumi";

const production: StorageArgs = {
  resultsLockDays: 1,
  renditionExpireDays: 90,
  protectData: true,
  allowedOrigins: ["https://app.example.com", "https://admin.example.com"],
};

async function create(args: StorageArgs): Promise<MockedRun> {
  const { run } = await runMocked(() => new Storage("test", args));
  return run;
}

const tableType = "aws:dynamodb/table:Table";
const bucketType = "aws:s3/bucket:Bucket";
const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

function strings(...names: string[]) {
  return names.map((name) => ({ name, type: "S" }));
}

describe("Storage", () => {
  let run: MockedRun;

  before(async () => {
    run = await create(production);
  });

  it("makes the images table on demand, encrypted, restorable, with four indexes and a time to live", () => {
    assert.deepEqual(run.inputs(tableType, "test-images"), {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "imageId",
      attributes: strings(
        "imageId",
        "userId",
        "collection",
        "timestamp",
        "sweep",
        "sweepAfter",
        "perceptualHash",
      ),
      globalSecondaryIndexes: [
        {
          name: "UserIndex",
          projectionType: "ALL",
          keySchemas: [
            { attributeName: "userId", keyType: "HASH" },
            { attributeName: "timestamp", keyType: "RANGE" },
          ],
        },
        {
          name: "TimelineIndex",
          projectionType: "ALL",
          keySchemas: [
            { attributeName: "collection", keyType: "HASH" },
            { attributeName: "timestamp", keyType: "RANGE" },
          ],
        },
        {
          name: "SweepIndex",
          projectionType: "ALL",
          keySchemas: [
            { attributeName: "sweep", keyType: "HASH" },
            { attributeName: "sweepAfter", keyType: "RANGE" },
          ],
        },
        {
          name: "SimilarIndex",
          projectionType: "KEYS_ONLY",
          keySchemas: [
            { attributeName: "userId", keyType: "HASH" },
            { attributeName: "perceptualHash", keyType: "RANGE" },
          ],
        },
      ],
      ttl: { enabled: true, attributeName: "expiresAt" },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
    });
  });

  it("makes the tags table on demand, with two indexes that hold keys alone", () => {
    assert.deepEqual(run.inputs(tableType, "test-image-tags"), {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "imageId",
      rangeKey: "tag",
      attributes: strings("imageId", "tag", "userTag", "timestamp"),
      globalSecondaryIndexes: [
        {
          name: "TagIndex",
          projectionType: "KEYS_ONLY",
          keySchemas: [
            { attributeName: "tag", keyType: "HASH" },
            { attributeName: "timestamp", keyType: "RANGE" },
          ],
        },
        {
          name: "UserTagIndex",
          projectionType: "KEYS_ONLY",
          keySchemas: [
            { attributeName: "userTag", keyType: "HASH" },
            { attributeName: "timestamp", keyType: "RANGE" },
          ],
        },
      ],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
    });
  });

  it("makes the idempotency table on demand, with a time to live", () => {
    assert.deepEqual(run.inputs(tableType, "test-idempotency"), {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: strings("id"),
      ttl: { enabled: true, attributeName: "expiration" },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
    });
  });

  const records = {
    hashKey: "id",
    attributes: strings("id"),
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: true,
  };

  it("makes the records table on demand, as safe as the others", () => {
    assert.deepEqual(run.inputs(tableType, "test-records"), {
      billingMode: "PAY_PER_REQUEST",
      ...records,
    });
  });

  it("makes the records table, and no other, with the capacity given", async () => {
    const recordsCapacity = { readCapacity: 5, writeCapacity: 6 };
    const provisioned = await create({ ...production, recordsCapacity });
    assert.deepEqual(provisioned.inputs(tableType, "test-records"), {
      billingMode: "PROVISIONED",
      ...recordsCapacity,
      ...records,
    });
    const modes = provisioned.ofType(tableType).map(({ inputs }) => inputs.billingMode);
    assert.equal(modes.filter((mode) => mode === "PROVISIONED").length, 1);
  });

  it("makes the results table on demand, sorted by time, with an index of each user's", () => {
    assert.deepEqual(run.inputs(tableType, "test-results"), {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      rangeKey: "position",
      attributes: strings("id", "position", "userRecord"),
      globalSecondaryIndexes: [
        {
          name: "UserResultsIndex",
          projectionType: "ALL",
          keySchemas: [
            { attributeName: "userRecord", keyType: "HASH" },
            { attributeName: "position", keyType: "RANGE" },
          ],
        },
      ],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
    });
  });

  it("counts images by user where users are known, and has no such table where they are not", async () => {
    assert.equal(
      run.ofType(tableType).some(({ name }) => name === "test-users"),
      false,
    );
    const known = await create({ ...production, hasUsers: true });
    assert.equal(known.one(tableType, "test-users").options.protect, true);
    assert.deepEqual(known.inputs(tableType, "test-users"), {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "userId",
      attributes: strings("userId"),
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: true,
    });
  });

  it("lets pages of the origins read images, and send some by forms", () => {
    const type = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration";
    assert.deepEqual(run.inputs(type, "test-images-cors"), {
      bucket: "test-images-id",
      corsRules: [
        {
          allowedMethods: ["GET", "HEAD", "POST"],
          allowedOrigins: ["https://app.example.com", "https://admin.example.com"],
          allowedHeaders: ["*"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: 3600,
        },
      ],
    });
  });

  it("clears uploads away after a day, in the images bucket alone", () => {
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const rulesOf = (name: string) => run.inputs(type, name).rules as { id: string }[];
    assert.deepEqual(rulesOf("test-images-lifecycle").slice(1), [
      {
        id: "expire-uploads",
        status: "Enabled",
        filter: { prefix: "uploads/" },
        expiration: { days: 1 },
        noncurrentVersionExpiration: { noncurrentDays: 1 },
      },
    ]);
    assert.equal(rulesOf("test-results-lifecycle").length, 1);
  });

  it("gives the images bucket its policy and leaves those of the other buckets to others", () => {
    const policies = run.ofType("aws:s3/bucketPolicy:BucketPolicy");
    assert.deepEqual(
      policies.map(({ name }) => name),
      ["test-images-policy"],
    );
  });

  it("enables Object Lock at creation, for results alone", () => {
    assert.equal(run.inputs(bucketType, "test-results").objectLockEnabled, true);
    assert.equal(run.inputs(bucketType, "test-images").objectLockEnabled, false);
  });

  it("locks results by default, without which Object Lock protects nothing", () => {
    assert.deepEqual(run.inputs(lockType, "test-results-lock"), {
      bucket: "test-results-id",
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
    });
    const versioning = "aws:s3/bucketVersioning:BucketVersioning test-results-versioning";
    assert.ok(run.waits(`${lockType} test-results-lock`, versioning));
  });

  it("locks nothing for 0 days", async () => {
    const unlocked = await create({ ...production, resultsLockDays: 0 });
    assert.deepEqual(unlocked.ofType(lockType), []);
    assert.equal(unlocked.inputs(bucketType, "test-results").objectLockEnabled, true);
  });

  describe("forceDestroy", () => {
    for (const { protectData, resultsLockDays, images, results } of [
      { protectData: true, resultsLockDays: 0, images: false, results: false },
      { protectData: true, resultsLockDays: 1, images: false, results: false },
      { protectData: false, resultsLockDays: 1, images: true, results: false },
      { protectData: false, resultsLockDays: 0, images: true, results: true },
    ]) {
      it(`is images ${images}, results ${results} with protectData ${protectData} and a lock of ${resultsLockDays} days`, async () => {
        const made = await create({ ...production, protectData, resultsLockDays });
        assert.equal(made.inputs(bucketType, "test-images").forceDestroy, images);
        assert.equal(made.inputs(bucketType, "test-results").forceDestroy, results);
      });
    }
  });

  it("protects buckets and tables from deployments exactly if told to", async () => {
    for (const protectData of [true, false]) {
      const made = await create({ ...production, protectData });
      const buckets = made.ofType(bucketType).filter(({ name }) => name !== "test-renditions");
      const data = [...buckets, ...made.ofType(tableType)];
      assert.equal(data.length, 7);
      assert.deepEqual(
        new Set(data.map((resource) => resource.options.protect)),
        new Set([protectData]),
      );
      for (const { inputs } of made.ofType(tableType)) {
        assert.equal(inputs.deletionProtectionEnabled, protectData);
      }
    }
  });
});
