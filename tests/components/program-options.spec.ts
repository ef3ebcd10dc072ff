import assert from "node:assert/strict";
import { type MockedRun } from "../support/pulumi";
import { ownConfig, runProgram } from "../support/program-run";

describe("the program, with options that are off by default", () => {
  let run: MockedRun;

  before(async function () {
    // Serialises all functions.
    this.timeout(120_000);
    ({ run } = await runProgram("production", {
      ...ownConfig,
      bucketAccessLogs: "true",
      bucketAccessLogDays: "400",
    }));
  });

  it("logs access to every bucket, but to that of logs", () => {
    const logged = run
      .ofType("aws:s3/bucketLogging:BucketLogging")
      .map(({ inputs }) => [inputs.bucket, inputs.targetBucket]);
    const buckets = run.ofType("aws:s3/bucket:Bucket").map(({ name }) => name);
    assert.deepEqual(
      new Map(logged as []),
      new Map(
        buckets
          .filter((name) => name !== "darkroom-access-logs")
          .map((name) => [`${name}-id`, "darkroom-access-logs-id"]),
      ),
    );
  });

  it("gives each bucket one policy", () => {
    const owners = run
      .ofType("aws:s3/bucketPolicy:BucketPolicy")
      .map(({ inputs }) => inputs.bucket as string);
    const buckets = run.ofType("aws:s3/bucket:Bucket").map(({ name }) => `${name}-id`);
    assert.deepEqual(owners.sort(), buckets.sort());
  });
});
