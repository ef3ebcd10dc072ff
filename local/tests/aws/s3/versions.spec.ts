import assert from "node:assert/strict";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const day = 24 * 60 * 60 * 1000;

describe("S3 versions", () => {
  let fixture: Fixture;
  const Bucket = "versions";

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    await version("Enabled");
  });
  after(async () => {
    await fixture.close();
  });

  const version = (Status: "Enabled" | "Suspended") =>
    fixture.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }),
    );
  const put = async (Key: string, Body: string) => {
    const { VersionId } = await fixture.client.send(new PutObjectCommand({ Bucket, Key, Body }));
    return VersionId ?? "";
  };
  const remove = (Key: string, VersionId?: string) =>
    fixture.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  const read = async (Key: string, VersionId?: string) => {
    const reply = await fixture.client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return await reply.Body?.transformToString();
  };

  it("keeps every version", async () => {
    const first = await put("kept", "one");
    const second = await put("kept", "two");
    assert.notEqual(first, second);
    assert.equal(await read("kept"), "two");
    assert.equal(await read("kept", first), "one");
    const head = await fixture.client.send(new HeadObjectCommand({ Bucket, Key: "kept" }));
    assert.equal(head.VersionId, second);
  });

  it("hides a deleted object behind a marker, and shows it again without", async () => {
    const id = await put("hidden", "x");
    const marker = await remove("hidden");
    assert.equal(marker.DeleteMarker, true);
    await refused(read("hidden"), "NoSuchKey", 404);
    assert.equal(await read("hidden", id), "x");
    await refused(read("hidden", marker.VersionId), "MethodNotAllowed", 405);
    const listed = await fixture.client.send(new ListObjectsV2Command({ Bucket, Prefix: "hid" }));
    assert.equal(listed.KeyCount, 0);
    const undone = await remove("hidden", marker.VersionId);
    assert.equal(undone.DeleteMarker, true);
    assert.equal(await read("hidden"), "x");
  });

  it("tells of a delete marker in the headers of a 404", async () => {
    await put("marked", "x");
    const marker = await remove("marked");
    const reply = await fixture.s3.handle({
      principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
      method: "GET",
      bucket: Bucket,
      key: "marked",
      headers: {},
    });
    assert.equal(reply.status, 404);
    assert.equal(reply.headers["x-amz-delete-marker"], "true");
    assert.equal(reply.headers["x-amz-version-id"], marker.VersionId);
  });

  it("removes one version for good", async () => {
    const first = await put("pruned", "one");
    const second = await put("pruned", "two");
    await remove("pruned", second);
    assert.equal(await read("pruned"), "one");
    await remove("pruned", first);
    await refused(read("pruned"), "NoSuchKey");
    await refused(read("pruned", first), "NoSuchVersion", 404);
    assert.equal((await remove("pruned", first)).$metadata.httpStatusCode, 204);
  });

  it("refuses version ids that are none", async () => {
    await refused(read("any", "short"), "InvalidArgument", 400);
  });

  it("lists versions and markers, the newest first, page by page", async () => {
    const first = await put("list/a", "1");
    const second = await put("list/a", "22");
    const marker = (await remove("list/a")).VersionId;
    await put("list/b", "3");
    const all = await fixture.client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: "list/" }),
    );
    assert.deepEqual(
      all.Versions?.slice(0, 2).map(({ VersionId, IsLatest, Size }) => [VersionId, IsLatest, Size]),
      [
        [second, false, 2],
        [first, false, 1],
      ],
    );
    assert.deepEqual(
      all.DeleteMarkers?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
      [[marker, true]],
    );
    let found = 0;
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    do {
      const page = await fixture.client.send(
        new ListObjectVersionsCommand({
          Bucket,
          Prefix: "list/",
          MaxKeys: 1,
          KeyMarker,
          VersionIdMarker,
        }),
      );
      found += (page.Versions?.length ?? 0) + (page.DeleteMarkers?.length ?? 0);
      KeyMarker = page.NextKeyMarker;
      VersionIdMarker = page.NextVersionIdMarker;
    } while (KeyMarker !== undefined);
    assert.equal(found, 4);
  });

  it("lists versions and markers in one order, by key and age", async () => {
    await put("mixed/a", "1");
    await remove("mixed/a");
    await put("mixed/a", "2");
    await put("mixed/b", "3");
    await remove("mixed/c");
    const { body } = await fixture.s3.handle({
      principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
      method: "GET",
      bucket: Bucket,
      key: "",
      query: new URLSearchParams({ versions: "", prefix: "mixed/" }),
      headers: {},
    });
    assert.ok(Buffer.isBuffer(body));
    const listed = body.toString().matchAll(/<(Version|DeleteMarker)><Key>mixed\/(.)</g);
    assert.deepEqual(
      Array.from(listed, ([, element, key]) => [key, element]),
      [
        ["a", "Version"],
        ["a", "DeleteMarker"],
        ["a", "Version"],
        ["b", "Version"],
        ["c", "DeleteMarker"],
      ],
    );
  });

  it("writes null versions while versioning is suspended", async () => {
    const kept = await put("suspended", "versioned");
    await version("Suspended");
    try {
      assert.equal(await put("suspended", "null one"), "");
      assert.equal(await put("suspended", "null two"), "");
      assert.equal(await read("suspended", "null"), "null two");
      assert.equal(await read("suspended", kept), "versioned");
      const marker = await remove("suspended");
      assert.equal(marker.VersionId, "null");
      await refused(read("suspended", "null"), "MethodNotAllowed");
    } finally {
      await version("Enabled");
    }
  });

  it("deletes many versions at once", async () => {
    const id = await put("bulk", "x");
    const remove = (VersionId?: string) =>
      fixture.client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "bulk", VersionId }] } }),
      );
    const { Deleted } = await remove();
    assert.equal(Deleted?.[0]?.DeleteMarker, true);
    assert.ok(Deleted[0].DeleteMarkerVersionId);
    await remove(id);
    await refused(read("bulk", id), "NoSuchVersion");
  });
});

describe("S3 Object Lock", () => {
  let fixture: Fixture;
  const Bucket = "locked";

  beforeEach(async () => {
    fixture = await startS3();
    await fixture.client.send(
      new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }),
    );
  });
  afterEach(async () => {
    await fixture.close();
  });

  const put = async (more = {}) => {
    const command = new PutObjectCommand({ Bucket, Key: "k", Body: "x", ...more });
    const { VersionId } = await fixture.client.send(command);
    return VersionId;
  };
  const remove = (VersionId?: string, more = {}) =>
    fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId, ...more }));
  const setDefault = (Mode: "GOVERNANCE" | "COMPLIANCE", Days: number) =>
    fixture.client.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: { DefaultRetention: { Mode, Days } },
        },
      }),
    );
  const retention = async () => {
    const reply = await fixture.client.send(new GetObjectRetentionCommand({ Bucket, Key: "k" }));
    return reply.Retention;
  };

  it("gives new versions the bucket's default retention", async () => {
    await setDefault("GOVERNANCE", 1);
    const reply = await fixture.client.send(new GetObjectLockConfigurationCommand({ Bucket }));
    assert.deepEqual(reply.ObjectLockConfiguration?.Rule?.DefaultRetention, {
      Mode: "GOVERNANCE",
      Days: 1,
    });
    const id = await put();
    const given = await retention();
    assert.equal(given?.Mode, "GOVERNANCE");
    assert.ok((given.RetainUntilDate?.getTime() ?? 0) > Date.now() + day / 2);
    await refused(remove(id), "AccessDenied", 403);
    assert.equal((await remove()).DeleteMarker, true);
  });

  it("lets who may bypass governance remove a version", async () => {
    await setDefault("GOVERNANCE", 1);
    const id = await put();
    const credentials = fixture.roleWith({
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: "*",
    });
    const bypass = { Bucket, Key: "k", VersionId: id, BypassGovernanceRetention: true };
    const poor = fixture.clientOf({ credentials });
    await refused(poor.send(new DeleteObjectCommand(bypass)), "AccessDenied", 403);
    await remove(id, { BypassGovernanceRetention: true });
  });

  it("lets nobody remove or weaken what compliance retains, until it ends", async () => {
    const until = new Date(Date.now() + 2 * day);
    const id = await put({ ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: until });
    await refused(remove(id, { BypassGovernanceRetention: true }), "AccessDenied", 403);
    const change = (Mode: "GOVERNANCE" | "COMPLIANCE", days: number) =>
      fixture.client.send(
        new PutObjectRetentionCommand({
          Bucket,
          Key: "k",
          BypassGovernanceRetention: true,
          Retention: { Mode, RetainUntilDate: new Date(Date.now() + days * day) },
        }),
      );
    await refused(change("COMPLIANCE", 1), "AccessDenied", 403);
    await refused(change("GOVERNANCE", 5), "AccessDenied", 403);
    await change("COMPLIANCE", 3);
    assert.ok(((await retention())?.RetainUntilDate?.getTime() ?? 0) > until.getTime());
    fixture.advance(4 * day);
    const now = fixture.clientOf({ systemClockOffset: 4 * day });
    await now.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId: id }));
  });

  it("lets anybody prolong governance, and nobody make it compliance without the right to bypass", async () => {
    const until = new Date(Date.now() + day);
    await put({ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until });
    const change = (Mode: "GOVERNANCE" | "COMPLIANCE", RetainUntilDate: Date, more = {}) =>
      fixture.client.send(
        new PutObjectRetentionCommand({
          Bucket,
          Key: "k",
          Retention: { Mode, RetainUntilDate },
          ...more,
        }),
      );
    const longer = new Date(until.getTime() + day);
    await change("GOVERNANCE", longer);
    await refused(change("GOVERNANCE", until), "AccessDenied", 403);
    await refused(change("COMPLIANCE", longer), "AccessDenied", 403);
    await change("COMPLIANCE", longer, { BypassGovernanceRetention: true });
    assert.equal((await retention())?.Mode, "COMPLIANCE");
  });

  it("holds a version until the legal hold is taken off", async () => {
    const id = await put({ ObjectLockLegalHoldStatus: "ON" });
    const hold = await fixture.client.send(new GetObjectLegalHoldCommand({ Bucket, Key: "k" }));
    assert.equal(hold.LegalHold?.Status, "ON");
    await refused(remove(id, { BypassGovernanceRetention: true }), "AccessDenied", 403);
    await fixture.client.send(
      new PutObjectLegalHoldCommand({ Bucket, Key: "k", LegalHold: { Status: "OFF" } }),
    );
    await remove(id);
  });

  it("keeps versioning on", async () => {
    const VersioningConfiguration = { Status: "Suspended" as const };
    await refused(
      fixture.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration })),
      "InvalidBucketState",
      409,
    );
  });

  it("refuses bad retentions, and locks in other buckets", async () => {
    const past = new Date(Date.now() - day);
    await refused(
      put({ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: past }),
      "InvalidArgument",
      400,
    );
    await refused(put({ ObjectLockMode: "GOVERNANCE" }), "InvalidArgument", 400);
    await fixture.client.send(new CreateBucketCommand({ Bucket: "unlocked" }));
    const until = new Date(Date.now() + day);
    await refused(
      put({
        Bucket: "unlocked",
        ObjectLockMode: "GOVERNANCE",
        ObjectLockRetainUntilDate: until,
      }),
      "InvalidRequest",
      400,
    );
  });

  it("wants a digest of what it retains", async () => {
    await setDefault("GOVERNANCE", 1);
    const reply = await fixture.s3.handle({
      principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
      method: "PUT",
      bucket: Bucket,
      key: "k",
      headers: {},
      body: Buffer.from("x"),
    });
    assert.equal(reply.status, 400);
    assert.ok(Buffer.isBuffer(reply.body));
    assert.match(reply.body.toString(), /Content-MD5 OR x-amz-checksum-/);
  });
});
