import assert from "node:assert/strict";
import { withFilledIn } from "../../provider/filled-in";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

describe("withFilledIn", () => {
  it("shows what a plain bucket has of AWS", () => {
    const outputs = withFilledIn(account, "aws:s3/bucket:Bucket", { bucket: "images" });
    assert.deepEqual(outputs.serverSideEncryptionConfiguration, {
      rule: {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
      },
    });
    assert.deepEqual(outputs.versioning, { enabled: false, mfaDelete: false });
    assert.equal((outputs.grants as unknown[]).length, 1);
    assert.equal(outputs.bucket, "images");
  });

  it("leaves what is given as it is, and completes blocks", () => {
    const type = "aws:lambda/function:Function";
    const loggingConfig = { logFormat: "JSON", applicationLogLevel: "WARN" };
    const outputs = withFilledIn(account, type, { loggingConfig, publish: undefined });
    assert.deepEqual(outputs, {
      loggingConfig: { ...loggingConfig, systemLogLevel: "" },
      publish: false,
      skipDestroy: false,
    });
  });

  it("leaves types alone of which nothing is known", () => {
    assert.deepEqual(withFilledIn(account, "aws:sqs/queuePolicy:QueuePolicy", { policy: "{}" }), {
      policy: "{}",
    });
  });
});
