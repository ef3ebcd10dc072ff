import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { LifecycleRule, PutObjectCommandInput } from "@aws-sdk/client-s3";
import type { S3Event } from "aws-lambda";
import { refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "tidied";
const day = 24 * 60 * 60 * 1000;

describe("S3 lifecycle rules", () => {
  let fixture: Fixture;
  let events: S3Event["Records"];
  let passed: number;

  beforeEach(async () => {
    events = [];
    passed = 0;
    fixture = await startS3({
      invoker: {
        authorize: () => undefined,
        invoke: ({ payload }) => {
          events.push(...(JSON.parse(payload) as S3Event).Records);
          return Promise.resolve({ statusCode: 202, payload: "" });
        },
      },
    });
    // Noon: no test runs into midnight by itself.
    pass(1.5 * day - (Date.now() % day));
    await client().send(new CreateBucketCommand({ Bucket }));
  });
  afterEach(async () => {
    await fixture.close();
  });

  const pass = (milliseconds: number) => {
    passed += milliseconds;
    fixture.advance(milliseconds);
  };
  const client = () => fixture.clientOf({ systemClockOffset: passed });
  const putRules = (...Rules: Partial<LifecycleRule>[]) =>
    client().send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: Rules.map((rule) => ({ Status: "Enabled", Filter: {}, ...rule })),
        },
      }),
    );
  const setVersioning = (Status: "Enabled" | "Suspended") =>
    client().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const put = async (Key: string, more: { Body?: string; Tagging?: string } = {}) => {
    const command = new PutObjectCommand({ Bucket, Key, Body: "x", ...more });
    return (await client().send(command)).VersionId;
  };
  const remove = (Key: string) => client().send(new DeleteObjectCommand({ Bucket, Key }));
  /** What is there when so many days have passed, `+` for an object and `-` for a marker. */
  const leftAfter = async (days: number) => {
    pass(days * day);
    await fixture.s3.applyLifecycle();
    const { Versions = [], DeleteMarkers = [] } = await client().send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    return [
      ...Versions.map(({ Key }) => `+${Key ?? ""}`),
      ...DeleteMarkers.map(({ Key }) => `-${Key ?? ""}`),
    ];
  };

  it("remove objects at the midnight after their days", async () => {
    await putRules({ Filter: { Prefix: "tmp/" }, Expiration: { Days: 2 } });
    await put("tmp/a");
    await put("kept");
    assert.deepEqual(await leftAfter(2), ["+kept", "+tmp/a"]);
    assert.deepEqual(await leftAfter(0.5), ["+kept"]);
  });

  it("remove objects from a date on", async () => {
    const tomorrow = new Date((Math.floor((Date.now() + passed) / day) + 1) * day);
    await putRules({ Expiration: { Date: tomorrow } });
    await put("a");
    assert.deepEqual(await leftAfter(0), ["+a"]);
    assert.deepEqual(await leftAfter(1), []);
  });

  it("choose by tags and sizes", async () => {
    await putRules(
      { ID: "tag", Filter: { Tag: { Key: "tmp", Value: "1" } }, Expiration: { Days: 1 } },
      {
        ID: "and",
        Filter: { And: { Prefix: "b", ObjectSizeGreaterThan: 2, ObjectSizeLessThan: 4 } },
        Expiration: { Days: 1 },
      },
      { ID: "off", Status: "Disabled", Expiration: { Days: 1 } },
    );
    await put("tagged", { Tagging: "tmp=1" });
    await put("otherwise", { Tagging: "tmp=2" });
    await put("b2", { Body: "22" });
    await put("b3", { Body: "333" });
    await put("b4", { Body: "4444" });
    assert.deepEqual(await leftAfter(3), ["+b2", "+b4", "+otherwise"]);
  });

  it("hide current versions behind a marker, and remove those that are not current", async () => {
    await setVersioning("Enabled");
    await putRules({
      Expiration: { Days: 1 },
      NoncurrentVersionExpiration: { NoncurrentDays: 3 },
    });
    await put("a");
    assert.deepEqual(await leftAfter(2), ["+a", "-a"]);
    // The marker has expired by the time that nothing is behind it.
    assert.deepEqual(await leftAfter(4), ["-a"]);
    assert.deepEqual(await leftAfter(0), []);
  });

  it("keep so many noncurrent versions", async () => {
    await setVersioning("Enabled");
    await putRules({
      NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 },
    });
    for (const Body of ["1", "2", "3", "4"]) {
      await put("a", { Body });
    }
    await remove("a");
    assert.deepEqual(await leftAfter(2), ["+a", "+a", "-a"]);
  });

  it("replace the null version where versioning is suspended", async () => {
    await putRules({ Expiration: { Days: 1 } });
    await put("a");
    await setVersioning("Enabled");
    await setVersioning("Suspended");
    assert.deepEqual(await leftAfter(2), ["-a"]);
  });

  it("remove delete markers with nothing behind them, and no others", async () => {
    await setVersioning("Enabled");
    await putRules({ Expiration: { ExpiredObjectDeleteMarker: true } });
    await put("covered");
    await remove("covered");
    await remove("bare");
    assert.deepEqual(await leftAfter(0), ["+covered", "-covered"]);
  });

  it("abort uploads that were not completed", async () => {
    await putRules({
      Filter: { Prefix: "big" },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    });
    for (const Key of ["big", "other"]) {
      await client().send(new CreateMultipartUploadCommand({ Bucket, Key }));
    }
    await leftAfter(2);
    const { Uploads } = await client().send(new ListMultipartUploadsCommand({ Bucket }));
    assert.deepEqual(
      Uploads?.map(({ Key }) => Key),
      ["other"],
    );
  });

  it("leave locked versions alone", async () => {
    await client().send(
      new CreateBucketCommand({ Bucket: "locked", ObjectLockEnabledForBucket: true }),
    );
    const lock = (more: Partial<PutObjectCommandInput>) =>
      client().send(new PutObjectCommand({ Bucket: "locked", Key: "k", Body: "x", ...more }));
    const ObjectLockRetainUntilDate = new Date(Date.now() + passed + 10 * day);
    await lock({ ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate });
    await lock({ ObjectLockLegalHoldStatus: "ON" });
    await lock({});
    const noncurrent = { NoncurrentVersionExpiration: { NoncurrentDays: 1 } };
    fixture.s3.configureBucket("locked", {
      lifecycle: [{ Status: "Enabled", Filter: {}, ...noncurrent }],
    });
    const countAfter = async (days: number) => {
      await leftAfter(days);
      const listed = await client().send(new ListObjectVersionsCommand({ Bucket: "locked" }));
      return listed.Versions?.length;
    };
    assert.equal(await countAfter(5), 3);
    assert.equal(await countAfter(6), 2);
  });

  it("tell of objects when they expire, and by which rule", async () => {
    await setVersioning("Enabled");
    await putRules(
      { ID: "late", Expiration: { Days: 3 } },
      { ID: "soon & small", Filter: { ObjectSizeLessThan: 2 }, Expiration: { Days: 1 } },
      { ID: "off", Status: "Disabled", Expiration: { Days: 1 } },
    );
    const today = Math.floor((Date.now() + passed) / day) * day;
    const expiry = (days: number, id: string) =>
      `expiry-date="${new Date(today + days * day).toUTCString()}", rule-id="${id}"`;
    const small = await client().send(new PutObjectCommand({ Bucket, Key: "small", Body: "x" }));
    assert.equal(small.Expiration, expiry(2, "soon%20%26%20small"));
    const older = await client().send(new PutObjectCommand({ Bucket, Key: "k", Body: "older" }));
    assert.equal(older.Expiration, expiry(4, "late"));
    const CopySource = `${Bucket}/small`;
    const copy = await client().send(new CopyObjectCommand({ Bucket, Key: "k", CopySource }));
    assert.equal(copy.Expiration, small.Expiration);
    const head = await client().send(new HeadObjectCommand({ Bucket, Key: "k" }));
    assert.equal(head.Expiration, small.Expiration);
    const { VersionId } = older;
    const noncurrent = await client().send(new GetObjectCommand({ Bucket, Key: "k", VersionId }));
    assert.equal(noncurrent.Expiration, undefined);
  });

  it("tell functions of what they remove", async () => {
    await setVersioning("Enabled");
    await client().send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [
            {
              LambdaFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
              Events: ["s3:LifecycleExpiration:*"],
            },
          ],
        },
      }),
    );
    await putRules({ Expiration: { Days: 1 } });
    const id = await put("a");
    await leftAfter(2);
    const [event] = events;
    assert.equal(events.length, 1);
    assert.equal(event?.eventName, "LifecycleExpiration:DeleteMarkerCreated");
    assert.equal(event.eventVersion, "2.3");
    assert.equal(event.userIdentity.principalId, "s3.amazonaws.com");
    assert.notEqual(event.s3.object.versionId, id);
  });

  it("are applied at an interval", async () => {
    await fixture.close();
    fixture = await startS3({ lifecycleIntervalMs: 5 });
    fixture.advance(passed);
    await client().send(new CreateBucketCommand({ Bucket }));
    await putRules({ Expiration: { Days: 1 } });
    await put("a");
    pass(2 * day);
    const listed = () => client().send(new ListObjectVersionsCommand({ Bucket }));
    while ((await listed()).Versions !== undefined) {
      await nextTurn();
    }
  });

  it("are refused when they make no sense", async () => {
    const invalid: [string, Partial<LifecycleRule>][] = [
      ["InvalidRequest", {}],
      ["InvalidArgument", { Expiration: { Days: 0 } }],
      ["InvalidArgument", { Expiration: { Date: new Date(1) } }],
      ["MalformedXML", { Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }],
      ["MalformedXML", { Expiration: { Days: 1 }, Filter: undefined }],
      ["InvalidArgument", { NoncurrentVersionExpiration: { NoncurrentDays: 0 } }],
      ["InvalidArgument", { ID: "x".repeat(256), Expiration: { Days: 1 } }],
      [
        "InvalidRequest",
        {
          Filter: { Tag: { Key: "a", Value: "b" } },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    ];
    for (const [code, rule] of invalid) {
      await refused(putRules(rule), code, 400);
    }
    const twice = { ID: "same", Expiration: { Days: 1 } };
    await refused(putRules(twice, twice), "InvalidArgument", 400);
  });
});
