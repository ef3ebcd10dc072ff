import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createRenditionsBucket } from "../../../components/storage/renditions-bucket";
import { type MockedRun, runMocked } from "../../support/pulumi";

describe("createRenditionsBucket", () => {
  let run: MockedRun;

  before(async () => {
    ({ run } = await runMocked(() => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      createRenditionsBucket("test", 90, parent);
    }));
  });

  it("hides renditions when they expire, and removes them when no cache has them any more", () => {
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const { rules } = run.inputs(type, "test-lifecycle") as { rules: unknown[] };
    assert.deepEqual(rules[1], {
      id: "expire-renditions",
      status: "Enabled",
      filter: { prefix: "i/" },
      expiration: { days: 90 },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
    });
  });

  it("is no hindrance to a deployment, since all of it can be made again", () => {
    const { inputs, options } = run.one("aws:s3/bucket:Bucket", "test");
    assert.deepEqual([inputs.forceDestroy, options.protect], [true, false]);
  });
});
