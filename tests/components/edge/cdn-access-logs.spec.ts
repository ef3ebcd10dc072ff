import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { CdnAccessLogs, recordFields } from "../../../components/edge/cdn-access-logs";
import { type MockedRun, runMocked } from "../../support/pulumi";

const sourceType = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const deliveryType = "aws:cloudwatch/logDelivery:LogDelivery";

async function create(protect: boolean) {
  return await runMocked(() => {
    const distribution = (id: string) => aws.cloudfront.Distribution.get(id, id);
    return new CdnAccessLogs("logs", {
      distributions: { images: distribution("E1"), results: distribution("E2") },
      retentionDays: 60,
      protect,
    });
  });
}

describe("CdnAccessLogs", () => {
  let run: MockedRun;

  before(async () => {
    ({ run } = await create(true));
  });

  it("takes the access logs of each distribution, where CloudFront has them", () => {
    for (const [title, id] of [
      ["images", "E1"],
      ["results", "E2"],
    ]) {
      assert.deepEqual(run.inputs(sourceType, `logs-${title}`), {
        region: "us-east-1",
        logType: "ACCESS_LOGS",
        resourceArn: `arn:mock:aws:cloudfront/distribution:Distribution:${id}`,
      });
    }
  });

  it("delivers them to its bucket as JSON, one folder a distribution and day", () => {
    const destinationType = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
    assert.deepEqual(run.inputs(destinationType, "logs"), {
      region: "us-east-1",
      outputFormat: "json",
      deliveryDestinationConfiguration: {
        destinationResourceArn: "arn:mock:aws:s3/bucket:Bucket:logs",
      },
    });
    for (const title of ["images", "results"]) {
      assert.deepEqual(run.inputs(deliveryType, `logs-${title}`), {
        region: "us-east-1",
        deliverySourceName: `logs-${title}-name`,
        deliveryDestinationArn: `arn:mock:${destinationType}:logs`,
        recordFields,
        s3DeliveryConfigurations: [
          { suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}", enableHiveCompatiblePath: false },
        ],
      });
    }
  });

  it("logs neither queries, which have signatures, nor cookies nor the pages that images are on", () => {
    for (const field of ["cs-uri-query", "cs(Cookie)", "cs(Referer)"]) {
      assert.equal(recordFields.includes(field), false, field);
    }
    assert.equal(new Set(recordFields).size, recordFields.length);
  });

  it("starts one delivery after another, once the bucket lets them", () => {
    const [images, results] = [`${deliveryType} logs-images`, `${deliveryType} logs-results`];
    assert.equal(run.waits(images, "aws:s3/bucketPolicy:BucketPolicy logs-policy"), true);
    assert.equal(run.waits(results, images), true);
  });

  it("lets nothing but deliveries of these distributions write, for this account", () => {
    const { policy } = run.inputs("aws:s3/bucketPolicy:BucketPolicy", "logs-policy");
    const { Statement: statements } = JSON.parse(String(policy)) as { Statement: unknown[] };
    assert.deepEqual(statements.slice(1), [
      {
        Sid: "LogDeliveryWrite",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: "arn:mock:aws:s3/bucket:Bucket:logs/AWSLogs/123456789012/CloudFront/*",
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "s3:x-amz-acl": "bucket-owner-full-control",
          },
          ArnEquals: {
            "aws:SourceArn": [
              `arn:mock:${sourceType}:logs-images`,
              `arn:mock:${sourceType}:logs-results`,
            ],
          },
        },
      },
    ]);
  });

  it("removes logs after some days", () => {
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const { rules } = run.inputs(type, "logs-lifecycle") as { rules: unknown[] };
    assert.deepEqual(rules[1], {
      id: "expire-logs",
      status: "Enabled",
      filter: { prefix: "AWSLogs/" },
      expiration: { days: 60 },
      noncurrentVersionExpiration: { noncurrentDays: 1 },
    });
  });

  it("protects the bucket, or empties it when it is deleted", async () => {
    const { run: open } = await create(false);
    const bucketOf = (one: MockedRun) => one.one("aws:s3/bucket:Bucket", "logs");
    assert.equal(bucketOf(run).options.protect, true);
    assert.equal(bucketOf(run).inputs.forceDestroy, false);
    assert.equal(bucketOf(open).options.protect, false);
    assert.equal(bucketOf(open).inputs.forceDestroy, true);
  });
});
