import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { ServiceEvent } from "../../../aws/types";
import { type Fixture, startS3 } from "./fixture";
import { presignForm, sendForm } from "./presigned-form";

const Bucket = "events";

describe("a bucket that tells the event bus", () => {
  let fixture: Fixture;
  let events: ServiceEvent[];
  let isAway: boolean;

  beforeEach(async () => {
    events = [];
    isAway = false;
    fixture = await startS3({
      bus: {
        emit: (event) => {
          events.push(event);
          return isAway ? Promise.reject(new Error("It is away.")) : Promise.resolve();
        },
      },
    });
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await fixture.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  });
  afterEach(() => fixture.close());

  async function configure(NotificationConfiguration: NotificationConfiguration): Promise<void> {
    await fixture.client.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }),
    );
  }

  const put = (Key: string) =>
    fixture.client.send(new PutObjectCommand({ Bucket, Key, Body: "hello" }));

  it("says of an object what S3 says, with the key as it is", async () => {
    await configure({ EventBridgeConfiguration: {} });
    const { VersionId } = await put("a b/ü+.txt");
    const [event, ...others] = events;
    assert.ok(event);
    assert.deepEqual(others, []);
    const { object, ...detail } = event.detail as Record<string, Record<string, unknown>>;
    assert.deepEqual(
      { ...event, detail: { ...detail, "request-id": typeof detail["request-id"] } },
      {
        source: "aws.s3",
        detailType: "Object Created",
        resources: ["arn:aws:s3:::events"],
        detail: {
          version: "0",
          bucket: { name: Bucket },
          "request-id": "string",
          requester: "AWS:123456789012",
          "source-ip-address": "127.0.0.1",
          reason: "PutObject",
        },
      },
    );
    const { sequencer, ...rest } = object ?? {};
    assert.match(String(sequencer), /^[0-9A-F]{18}$/);
    assert.deepEqual(rest, {
      key: "a b/ü+.txt",
      size: 5,
      etag: "5d41402abc4b2a76b9719d911017c592",
      "version-id": VersionId,
    });
  });

  it("says by what each came, and how each went", async () => {
    await configure({ EventBridgeConfiguration: {} });
    const { VersionId } = await put("a");
    await fixture.client.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: "events/a" }));
    const form = await presignForm(fixture.client, { Bucket, Key: "c" });
    assert.equal((await sendForm(form, new Blob(["hello"]))).status, 204);
    const upload = { Bucket, Key: "d" };
    const { UploadId } = await fixture.client.send(new CreateMultipartUploadCommand(upload));
    const part = { ...upload, UploadId, PartNumber: 1 };
    const { ETag } = await fixture.client.send(new UploadPartCommand({ ...part, Body: "x" }));
    await fixture.client.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        UploadId,
        MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
      }),
    );
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId }));
    assert.deepEqual(
      events.map(({ detailType, detail }) => [
        detailType,
        detail.reason,
        detail["deletion-type"] ?? "",
      ]),
      [
        ["Object Created", "PutObject", ""],
        ["Object Created", "CopyObject", ""],
        ["Object Created", "POST Object", ""],
        ["Object Created", "CompleteMultipartUpload", ""],
        ["Object Deleted", "DeleteObject", "Delete Marker Created"],
        ["Object Deleted", "DeleteObject", "Permanently Deleted"],
      ],
    );
  });

  it("keeps an object that it could not tell of, and says so", async () => {
    await configure({ EventBridgeConfiguration: {} });
    isAway = true;
    assert.ok((await put("a")).VersionId);
    assert.deepEqual(fixture.notes, [
      "S3 could not tell the event bus of ObjectCreated:Put in events: It is away.",
    ]);
  });

  it("is one that says so, until it says so no more", async () => {
    const configuration = async () => {
      const { $metadata, ...rest } = await fixture.client.send(
        new GetBucketNotificationConfigurationCommand({ Bucket }),
      );
      assert.equal($metadata.httpStatusCode, 200);
      return rest;
    };
    await put("before");
    assert.deepEqual(await configuration(), {});
    await configure({ EventBridgeConfiguration: {} });
    assert.deepEqual(await configuration(), { EventBridgeConfiguration: {} });
    await fixture.restart();
    await put("while");
    await configure({});
    assert.deepEqual(await configuration(), {});
    await put("after");
    assert.deepEqual(
      events.map(({ detail }) => (detail.object as { key: string }).key),
      ["while"],
    );
  });
});
