import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type {
  BucketVersioningStatus,
  Event,
  FilterRuleName,
  LambdaFunctionConfiguration,
  NotificationConfiguration,
} from "@aws-sdk/client-s3";
import type { S3Event, S3EventRecord } from "aws-lambda";
import { AwsError } from "../../../aws/aws-error";
import type { InvokeRequest } from "../../../aws/types";
import { account, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";
import { presignForm, sendForm } from "./presigned-form";

const Bucket = "events";
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:seer";

/** A Lambda that notes what it is asked for, and refuses when told so. */
class FakeLambda {
  readonly requests: InvokeRequest[] = [];
  readonly checks: unknown[] = [];
  refusal: AwsError | undefined;

  authorize = (request: unknown): void => {
    this.checks.push(request);
    if (this.refusal) {
      throw this.refusal;
    }
  };

  invoke = (request: InvokeRequest) => {
    if (this.refusal) {
      return Promise.reject(this.refusal);
    }
    this.requests.push(request);
    return Promise.resolve({ statusCode: 202, payload: "" });
  };

  get records(): S3EventRecord[] {
    return this.requests.flatMap(({ payload }) => (JSON.parse(payload) as S3Event).Records);
  }
}

const configuration = (
  events: string[],
  rules: Record<string, string> = {},
  Id = "seen",
): LambdaFunctionConfiguration => ({
  Id,
  LambdaFunctionArn: functionArn,
  Events: events as Event[],
  ...(Object.keys(rules).length > 0 && {
    Filter: {
      Key: {
        FilterRules: Object.entries(rules).map(([Name, Value]) => ({
          Name: Name as FilterRuleName,
          Value,
        })),
      },
    },
  }),
});

describe("S3 notifications", () => {
  let fixture: Fixture;
  let lambda: FakeLambda;

  beforeEach(async () => {
    lambda = new FakeLambda();
    fixture = await startS3({ invoker: lambda });
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
  });
  afterEach(async () => {
    await fixture.close();
  });

  const putConfiguration = (NotificationConfiguration: NotificationConfiguration) =>
    fixture.client.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }),
    );
  const subscribe = (...functions: LambdaFunctionConfiguration[]) =>
    putConfiguration({ LambdaFunctionConfigurations: functions });
  const put = (Key: string, Body = "content") =>
    fixture.client.send(new PutObjectCommand({ Bucket, Key, Body }));
  const setVersioning = (Status: BucketVersioningStatus = "Enabled") =>
    fixture.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }),
    );
  const told = () => lambda.records.map(({ eventName, s3 }) => `${eventName} ${s3.object.key}`);

  it("tell a function of an object, as S3 does, before the writer is answered", async () => {
    await setVersioning();
    await subscribe(configuration(["s3:ObjectCreated:*"]));
    const { VersionId, ETag, $metadata } = await put("red flower/ä(1).jpg");
    const [request] = lambda.requests;
    assert.ok(request);
    const { payload, ...rest } = request;
    assert.deepEqual(rest, {
      functionName: functionArn,
      invocationType: "Event",
      principal: { kind: "service", service: "s3.amazonaws.com" },
      sourceArn: `arn:aws:s3:::${Bucket}`,
    });
    const { Records } = JSON.parse(payload) as S3Event;
    assert.equal(Records.length, 1);
    const [record] = Records;
    assert.ok(record);
    assert.ok(Math.abs(Date.parse(record.eventTime) - Date.now()) < 60_000);
    assert.match(record.s3.object.sequencer, /^[0-9A-F]{18}$/);
    assert.match(record.s3.bucket.ownerIdentity.principalId, /^[0-9a-f]{64}$/);
    assert.deepEqual(record, {
      eventVersion: "2.1",
      eventSource: "aws:s3",
      awsRegion: "us-east-1",
      eventTime: record.eventTime,
      eventName: "ObjectCreated:Put",
      userIdentity: { principalId: `AWS:${account.accountId}` },
      requestParameters: { sourceIPAddress: "127.0.0.1" },
      responseElements: {
        "x-amz-request-id": $metadata.requestId,
        "x-amz-id-2": $metadata.extendedRequestId,
      },
      s3: {
        s3SchemaVersion: "1.0",
        configurationId: "seen",
        bucket: {
          name: Bucket,
          ownerIdentity: record.s3.bucket.ownerIdentity,
          arn: `arn:aws:s3:::${Bucket}`,
        },
        object: {
          key: "red+flower/%C3%A4%281%29.jpg",
          size: 7,
          eTag: ETag?.replaceAll('"', ""),
          versionId: VersionId,
          sequencer: record.s3.object.sequencer,
        },
      },
    });
  });

  it("tell of every way to create an object", async () => {
    await subscribe(configuration(["s3:ObjectCreated:*"]));
    await put("put");
    await fixture.client.send(
      new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/put` }),
    );
    const upload = { Bucket, Key: "parts" };
    const { UploadId } = await fixture.client.send(new CreateMultipartUploadCommand(upload));
    const { ETag } = await fixture.client.send(
      new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: "part" }),
    );
    await fixture.client.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        UploadId,
        MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
      }),
    );
    const form = await presignForm(fixture.client, { Bucket, Key: "post" });
    assert.equal((await sendForm(form, new Blob(["posted"]))).status, 204);
    assert.deepEqual(told(), [
      "ObjectCreated:Put put",
      "ObjectCreated:Copy copy",
      "ObjectCreated:CompleteMultipartUpload parts",
      "ObjectCreated:Post post",
    ]);
    assert.equal(lambda.records[3]?.userIdentity.principalId, `AWS:${account.accountId}`);
    assert.equal(lambda.records[0]?.s3.object.versionId, undefined);
  });

  it("tell of removed objects and of delete markers, in one record each", async () => {
    await subscribe(configuration(["s3:ObjectRemoved:*"]));
    await put("plain");
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "plain" }));
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "never-there" }));
    await setVersioning();
    const { VersionId } = await put("kept");
    const Objects = [{ Key: "kept" }, { Key: "kept", VersionId }];
    await fixture.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual(told(), [
      "ObjectRemoved:Delete plain",
      "ObjectRemoved:DeleteMarkerCreated kept",
      "ObjectRemoved:Delete kept",
    ]);
    assert.equal(lambda.requests.length, 3);
    const removed = lambda.records[2]?.s3.object;
    assert.deepEqual(removed, { key: "kept", versionId: VersionId, sequencer: removed?.sequencer });
  });

  it("number the changes of a key so that later ones are greater", async () => {
    await subscribe(configuration(["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]));
    await put("again");
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "again" }));
    await fixture.restart();
    await put("again");
    const sequencers = lambda.records.map(({ s3 }) => s3.object.sequencer);
    assert.deepEqual(sequencers, sequencers.toSorted());
    assert.equal(new Set(sequencers).size, 3);
  });

  it("choose by event type, prefix and suffix", async () => {
    await subscribe(
      configuration(["s3:ObjectCreated:Put"], { Prefix: "in/", Suffix: ".jpg" }, "a"),
      configuration(["s3:ObjectCreated:*"], { Prefix: "in/", Suffix: ".png" }, "b"),
    );
    for (const key of ["in/a.jpg", "in/b.png", "in/c.gif", "out/d.jpg"]) {
      await put(key);
    }
    await fixture.client.send(
      new CopyObjectCommand({ Bucket, Key: "in/e.jpg", CopySource: `${Bucket}/in/a.jpg` }),
    );
    const found = lambda.records.map(({ s3 }) => `${s3.configurationId} ${s3.object.key}`);
    assert.deepEqual(found, ["a in/a.jpg", "b in/b.png"]);
  });

  it("are silent about writes that are refused", async () => {
    await subscribe(configuration(["s3:ObjectCreated:*"]));
    await put("once");
    const again = new PutObjectCommand({ Bucket, Key: "once", Body: "x", IfNoneMatch: "*" });
    await refused(fixture.client.send(again), "PreconditionFailed", 412);
    assert.equal(lambda.records.length, 1);
  });

  it("never fail the write, but tell of the failure", async () => {
    await subscribe(configuration(["s3:ObjectCreated:*"]));
    lambda.refusal = new AwsError("AccessDeniedException", "The permission is gone", 403);
    await put("kept");
    assert.match(fixture.notes.at(-1) ?? "", /could not tell .*seer.*: The permission is gone/);
  });

  it("tell of no version that was written while versions are not kept", async () => {
    await setVersioning();
    await subscribe(configuration(["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]));
    const { VersionId } = await put("kept");
    await setVersioning("Suspended");
    await put("kept");
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "kept", VersionId }));
    assert.deepEqual(
      lambda.records.map(({ s3 }) => s3.object.versionId),
      [VersionId, undefined, VersionId],
    );
  });

  it("are given back as they were put, and removed by an empty document", async () => {
    const read = async () => {
      const command = new GetBucketNotificationConfigurationCommand({ Bucket });
      return (await fixture.client.send(command)).LambdaFunctionConfigurations;
    };
    assert.equal(await read(), undefined);
    const one = configuration(["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"], { Prefix: "in/" });
    await subscribe(one);
    assert.deepEqual(await read(), [one]);
    await fixture.restart();
    assert.deepEqual(await read(), [one]);
    const all = configuration(["s3:ObjectCreated:*"]);
    await subscribe(all);
    assert.deepEqual(await read(), [all]);
    await putConfiguration({});
    assert.equal(await read(), undefined);
  });

  it("need a function that S3 may invoke for the bucket", async () => {
    await subscribe(configuration(["s3:ObjectCreated:*"]));
    assert.deepEqual(lambda.checks, [
      {
        functionName: functionArn,
        principal: { kind: "service", service: "s3.amazonaws.com" },
        sourceArn: `arn:aws:s3:::${Bucket}`,
      },
    ]);
    lambda.refusal = new AwsError("AccessDeniedException", "no", 403);
    const error = await refused(
      subscribe(configuration(["s3:ObjectRemoved:*"])),
      "InvalidArgument",
      400,
    );
    assert.equal(error.message, "Unable to validate the following destination configurations");
  });

  it("refuse overlaps, double ids and what is no event", async () => {
    const all = configuration(["s3:ObjectCreated:*"], { Prefix: "in/" }, "all");
    for (const other of [
      configuration(["s3:ObjectCreated:Put"], { Prefix: "in/deep/" }, "b"),
      configuration(["s3:ObjectCreated:Put"], { Suffix: ".jpg" }, "b"),
      configuration(["s3:ObjectRemoved:*"], {}, "all"),
      configuration(["s3:ObjectCreated:Sent"], { Prefix: "out/" }, "b"),
      configuration(["s3:ObjectRemoved:*"], { Prefix: "x".repeat(1025) }, "b"),
    ]) {
      await refused(subscribe(all, other), "InvalidArgument", 400);
    }
    await subscribe(all, configuration(["s3:ObjectCreated:*"], { Prefix: "out/" }, "b"));
  });

  it("refuse what is not emulated", async () => {
    const Events: Event[] = ["s3:ObjectCreated:*"];
    for (const other of [
      { TopicConfigurations: [{ TopicArn: "arn:aws:sns:us-east-1:123456789012:t", Events }] },
      { QueueConfigurations: [{ QueueArn: "arn:aws:sqs:us-east-1:123456789012:q", Events }] },
      { LambdaFunctionConfigurations: [configuration(["s3:ObjectTagging:Put"])] },
    ]) {
      await refused(putConfiguration(other), "NotImplemented", 501);
    }
  });
});
