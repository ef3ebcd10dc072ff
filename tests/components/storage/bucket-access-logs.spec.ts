import assert from "node:assert/strict";
import { accessLogWrite } from "../../../components/policies/access-log-policy";
import { BucketAccessLogs } from "../../../components/storage/bucket-access-logs";
import { SecureBucket } from "../../../components/storage/secure-bucket";
import { mockAccount, type MockedRun, runMocked } from "../../support/pulumi";

const bucketType = "aws:s3/bucket:Bucket";
const loggingType = "aws:s3/bucketLogging:BucketLogging";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";

function arnOf(name: string): string {
  return `arn:mock:${bucketType}:${name}`;
}

describe("BucketAccessLogs", () => {
  let run: MockedRun;

  before(async () => {
    ({ run } = await runMocked(() => {
      const bucketOf = (name: string) =>
        new SecureBucket(name, { protect: true, forceDestroy: false }).bucket;
      new BucketAccessLogs("logs", {
        buckets: { images: bucketOf("photos"), results: bucketOf("documents") },
        retentionDays: 90,
        protect: true,
      });
    }));
  });

  it("logs each bucket to a folder of its own, parted by day", () => {
    for (const [title, bucket] of [
      ["images", "photos"],
      ["results", "documents"],
    ] as const) {
      assert.deepEqual(run.inputs(loggingType, `logs-${title}`), {
        bucket: `${bucket}-id`,
        targetBucket: "logs-id",
        targetPrefix: `${title}/`,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
      });
    }
  });

  it("does not log the bucket of logs, whose every delivery would be logged", () => {
    assert.deepEqual(
      run.ofType(loggingType).map(({ inputs }) => inputs.bucket),
      ["photos-id", "documents-id"],
    );
  });

  it("lets S3 deliver logs of these buckets of this account, and otherwise TLS only", () => {
    const { policy } = run.inputs(policyType, "logs-policy") as { policy: string };
    const { Statement } = JSON.parse(policy) as { Statement: { Sid: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ["TlsOnly", "AccessLogWrite"],
    );
    assert.deepEqual(
      Statement[1],
      accessLogWrite({
        bucketArn: arnOf("logs"),
        accountId: mockAccount.accountId,
        sourceArns: [arnOf("photos"), arnOf("documents")],
      }),
    );
  });

  it("asks for logs when S3 may deliver them", () => {
    assert.ok(run.waits(`${loggingType} logs-images`, `${policyType} logs-policy`));
  });

  it("removes logs when they have been kept for long enough", () => {
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const { rules } = run.inputs(type, "logs-lifecycle") as { rules: unknown[] };
    assert.deepEqual(rules[1], {
      id: "expire-logs",
      status: "Enabled",
      filter: { prefix: "" },
      expiration: { days: 90 },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
    });
  });

  it("keeps the logs of a stack whose data is protected, and no others", async () => {
    const { run: unprotected } = await runMocked(
      () => new BucketAccessLogs("logs", { buckets: {}, retentionDays: 1, protect: false }),
    );
    const kept = [run, unprotected].map((each) => {
      const { inputs, options } = each.one(bucketType, "logs");
      return [inputs.forceDestroy, options.protect];
    });
    assert.deepEqual(kept, [
      [false, true],
      [true, false],
    ]);
  });
});

describe("accessLogWrite", () => {
  it("grants writing to one service, for the buckets that are named, of one account", () => {
    const statement = accessLogWrite({
      bucketArn: "arn:aws:s3:::logs",
      accountId: "123456789012",
      sourceArns: ["arn:aws:s3:::images"],
    });
    assert.deepEqual(statement, {
      Sid: "AccessLogWrite",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::logs/*",
      Condition: {
        ArnLike: { "aws:SourceArn": ["arn:aws:s3:::images"] },
        StringEquals: { "aws:SourceAccount": "123456789012" },
      },
    });
  });
});
