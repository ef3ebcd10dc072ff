import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  CreateBucketCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { eicar, hasEicar } from "../../../aws/guardduty/eicar";
import { GuardDuty } from "../../../aws/guardduty/guardduty";
import type { PlanDefinition } from "../../../aws/guardduty/plan";
import type { PolicyStatement } from "../../../aws/iam/types";
import type { MetricDatum, ServiceEvent } from "../../../aws/types";
import { account, type Fixture, startS3 } from "../s3/fixture";

const Bucket = "photos";
const bucketArn = `arn:aws:s3:::${Bucket}`;
const roleArn = "arn:aws:iam::123456789012:role/scan";
const service = "malware-protection-plan.guardduty.amazonaws.com";
const rules = "arn:aws:events:us-east-1:123456789012:rule/DO-NOT-DELETE-*";

const allow = (Action: string[], Resource: string): PolicyStatement => ({
  Effect: "Allow",
  Action,
  Resource,
});

const read = allow(["s3:GetObject", "s3:GetObjectVersion"], `${bucketArn}/*`);
const label = allow(["s3:GetObjectVersionTagging", "s3:PutObjectVersionTagging"], `${bucketArn}/*`);
const enough = [
  read,
  label,
  allow(["s3:GetBucketNotification", "s3:PutBucketNotification"], bucketArn),
  allow(["s3:PutObject"], `${bucketArn}/malware-protection-resource-validation-object`),
  {
    ...allow(["events:PutRule", "events:PutTargets"], rules),
    Condition: { StringLike: { "events:ManagedBy": service } },
  },
  allow(["events:DescribeRule", "events:ListTargetsByRule"], rules),
];

describe("GuardDuty", () => {
  let fixture: Fixture;
  let guardduty: GuardDuty;
  let events: ServiceEvent[];
  let metrics: MetricDatum[];
  let notes: string[];

  const plan: PlanDefinition = {
    id: "a".repeat(32),
    roleArn,
    bucket: Bucket,
    prefixes: ["uploads/"],
    tagsObjects: true,
    createdAt: new Date("2026-01-31T12:00:00Z"),
    tags: {},
  };

  beforeEach(async () => {
    events = [];
    metrics = [];
    notes = [];
    fixture = await startS3({ bus: { emit: (event) => guardduty.observe(event) } });
    guardduty = new GuardDuty({
      account,
      dataDir: fixture.dataDir,
      notify: (line) => notes.push(line),
      clock: () => new Date(),
      authorizer: fixture.iam,
      assumeRole: (request) => fixture.iam.assumeRole(request),
      objects: { handle: (request) => fixture.s3.handle(request) },
      bus: {
        emit: (event) => {
          events.push(event);
          return Promise.resolve();
        },
      },
      metrics: { put: (datum) => metrics.push(datum) },
    });
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await fixture.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  });
  afterEach(() => fixture.close());

  function createRole(statements: PolicyStatement[], trusted = service): void {
    const trust = { Effect: "Allow", Principal: { Service: trusted }, Action: "sts:AssumeRole" };
    fixture.iam.createRole({
      name: "scan",
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    });
    const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    fixture.iam.putRolePolicy("scan", "scan", document);
  }

  async function put(Key: string, Body: string | Buffer): Promise<string> {
    const { VersionId } = await fixture.client.send(new PutObjectCommand({ Bucket, Key, Body }));
    assert.ok(VersionId);
    return VersionId;
  }

  async function tagsOf(Key: string, VersionId: string) {
    const { TagSet } = await fixture.client.send(
      new GetObjectTaggingCommand({ Bucket, Key, VersionId }),
    );
    return TagSet;
  }

  const results = () =>
    events.map(({ detail }) => {
      const { scanStatus, scanResultDetails } = detail as Record<string, unknown>;
      return [scanStatus, (scanResultDetails as { scanResultStatus: string }).scanResultStatus];
    });

  it("scans what arrives, tags it and says that it is clean", async () => {
    createRole(enough);
    await guardduty.createPlan(plan);
    assert.deepEqual(notes, []);
    const versionId = await put("uploads/a b", "hello");
    assert.deepEqual(await tagsOf("uploads/a b", versionId), [
      { Key: "GuardDutyMalwareScanStatus", Value: "NO_THREATS_FOUND" },
    ]);
    assert.deepEqual(events, [
      {
        source: "aws.guardduty",
        detailType: "GuardDuty Malware Protection Object Scan Result",
        resources: [
          `arn:aws:guardduty:us-east-1:123456789012:malware-protection-plan/${"a".repeat(32)}`,
        ],
        detail: {
          schemaVersion: "1.0",
          scanStatus: "COMPLETED",
          resourceType: "S3_OBJECT",
          s3ObjectDetails: {
            bucketName: Bucket,
            objectKey: "uploads/a b",
            eTag: "5d41402abc4b2a76b9719d911017c592",
            versionId,
            s3Throttled: false,
          },
          scanResultDetails: { scanResultStatus: "NO_THREATS_FOUND", threats: null },
        },
      },
    ]);
  });

  it("finds the test file wherever it is, and names it", async () => {
    createRole(enough);
    await guardduty.createPlan(plan);
    const versionId = await put(
      "uploads/bad",
      Buffer.concat([Buffer.alloc(300_000), eicar.text, Buffer.alloc(10)]),
    );
    assert.deepEqual((events[0]?.detail as { scanResultDetails: unknown }).scanResultDetails, {
      scanResultStatus: "THREATS_FOUND",
      threats: [{ name: "EICAR-Test-File (not a virus)" }],
    });
    assert.deepEqual(await tagsOf("uploads/bad", versionId), [
      { Key: "GuardDutyMalwareScanStatus", Value: "THREATS_FOUND" },
    ]);
  });

  it("counts scans by plan and bucket", async () => {
    createRole(enough);
    await guardduty.createPlan(plan);
    await put("uploads/bad", eicar.text);
    const dimensions = { "Malware Protection Plan Id": plan.id, "Resource Name": Bucket };
    assert.deepEqual(
      metrics,
      Object.entries({
        CompletedScanCount: [1, "Count"],
        CompletedScanBytes: [68, "Bytes"],
        InfectedScanCount: [1, "Count"],
      }).map(([name, [value, unit]]) => ({
        namespace: "AWS/GuardDuty/MalwareProtection",
        name,
        dimensions,
        value,
        unit,
      })),
    );
  });

  it("lets alone what is elsewhere, and all of a bucket without a plan", async () => {
    createRole(enough);
    await put("uploads/before", "hello");
    await guardduty.createPlan(plan);
    await put("images/a", "hello");
    guardduty.deletePlan(plan.id);
    await put("uploads/after", "hello");
    assert.deepEqual(events, []);
  });

  it("scans whatever arrives where no prefix is given", async () => {
    createRole(enough);
    await guardduty.createPlan({ ...plan, prefixes: [] });
    await put("anywhere", "hello");
    assert.deepEqual(results().at(-1), ["COMPLETED", "NO_THREATS_FOUND"]);
  });

  it("adds its tag to others, in place of its own", async () => {
    createRole(enough);
    await guardduty.createPlan(plan);
    const Key = "uploads/a";
    const Tagging = "a=b&GuardDutyMalwareScanStatus=NO_THREATS_FOUND";
    const put = new PutObjectCommand({ Bucket, Key, Body: eicar.text, Tagging });
    const { VersionId = "" } = await fixture.client.send(put);
    assert.deepEqual(await tagsOf(Key, VersionId), [
      { Key: "a", Value: "b" },
      { Key: "GuardDutyMalwareScanStatus", Value: "THREATS_FOUND" },
    ]);
  });

  it("tags nothing where the plan does not say so", async () => {
    createRole(enough);
    await guardduty.createPlan({ ...plan, tagsObjects: false });
    const versionId = await put("uploads/a", "hello");
    assert.deepEqual(await tagsOf("uploads/a", versionId), []);
    assert.deepEqual(results(), [["COMPLETED", "NO_THREATS_FOUND"]]);
  });

  it("says that it may not read what its role may not", async () => {
    createRole(enough.filter((statement) => statement !== read));
    await guardduty.createPlan(plan);
    const versionId = await put("uploads/a", "hello");
    assert.deepEqual(results(), [["SKIPPED", "ACCESS_DENIED"]]);
    assert.deepEqual(await tagsOf("uploads/a", versionId), [
      { Key: "GuardDutyMalwareScanStatus", Value: "ACCESS_DENIED" },
    ]);
  });

  it("says what it has found, and that it could not tag it, where its role may not", async () => {
    createRole(enough.filter((statement) => statement !== label));
    await guardduty.createPlan(plan);
    await put("uploads/a", "hello");
    assert.deepEqual(results(), [["COMPLETED", "NO_THREATS_FOUND"]]);
    assert.match(notes.join(), /could not tag uploads\/a in photos: .*AccessDenied/s);
  });

  it("may read what the bucket lets nobody else read until it is tagged", async () => {
    createRole(enough);
    await guardduty.createPlan(plan);
    const Statement = {
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: `${bucketArn}/uploads/*`,
      Condition: {
        ArnNotEquals: { "aws:PrincipalArn": roleArn },
        StringNotEquals: { "s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND" },
      },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await fixture.client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const get = async (Key: string, Body: string | Buffer) => {
      await put(Key, Body);
      const { status, body } = await fixture.s3.handle({
        principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
        method: "GET",
        bucket: Bucket,
        key: Key,
        headers: {},
      });
      await buffer(body instanceof Readable ? body : Readable.from([body]));
      return status;
    };
    assert.deepEqual(
      [await get("uploads/good", "hello"), await get("uploads/bad", eicar.text)],
      [200, 403],
    );
  });

  it("has the bucket tell the event bus, and tries out what its role may", async () => {
    createRole(enough);
    assert.equal(fixture.s3.bucketConfiguration(Bucket).eventBridge, undefined);
    await guardduty.createPlan(plan);
    assert.equal(fixture.s3.bucketConfiguration(Bucket).eventBridge, true);
    const { Versions = [] } = await fixture.client.send(new ListObjectVersionsCommand({ Bucket }));
    assert.deepEqual(
      Versions.map(({ Key }) => Key),
      ["malware-protection-resource-validation-object"],
    );
  });

  it("warns of what its role lacks, and has the plan all the same", async () => {
    createRole([read, label]);
    await guardduty.createPlan(plan);
    assert.deepEqual(
      notes.map((note) => /photos: (\S+)/.exec(note)?.[1]),
      [
        "EVENTBRIDGE_MANAGED_EVENTS_DELIVERY_DISABLED:",
        "the",
        "INSUFFICIENT_TEST_OBJECT_PERMISSIONS:",
      ],
    );
    assert.match(notes[1] ?? "", /lacks events:PutRule, events:PutTargets, events:DescribeRule/);
  });

  it("refuses a plan whose role is not there, or trusts another service", async () => {
    await assert.rejects(guardduty.createPlan(plan), /cannot assume the role/);
    createRole(enough, "guardduty.amazonaws.com");
    await assert.rejects(guardduty.createPlan(plan), {
      code: "BadRequestException",
      message: `The request was rejected because GuardDuty cannot assume the role ${roleArn}.`,
    });
  });

  it("refuses a plan with more prefixes than it takes", async () => {
    createRole(enough);
    await assert.rejects(
      guardduty.createPlan({ ...plan, prefixes: ["a", "b", "c", "d", "e", "f"] }),
      /at most 5 prefixes/,
    );
  });

  it("goes on with a plan that was there before", async () => {
    createRole(enough);
    await guardduty.createPlan(plan);
    guardduty.deletePlan(plan.id);
    guardduty.restorePlan(plan);
    await put("uploads/a", "hello");
    assert.deepEqual(results(), [["COMPLETED", "NO_THREATS_FOUND"]]);
  });
});

describe("hasEicar", () => {
  async function* pieces(size: number, bytes: Buffer): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) {
      yield await Promise.resolve(bytes.subarray(start, start + size));
    }
  }
  const around = Buffer.concat([Buffer.alloc(99, "X"), eicar.text, Buffer.alloc(99, "X")]);

  it("finds it however it is cut", async () => {
    for (const size of [1, 2, 67, 68, 69, 100, 1000]) {
      assert.equal(await hasEicar(pieces(size, around)), true, String(size));
    }
  });

  it("finds nothing in what is not the whole of it", async () => {
    for (const bytes of [Buffer.alloc(0), eicar.text.subarray(1), eicar.text.subarray(0, 67)]) {
      assert.equal(await hasEicar(pieces(10, bytes)), false);
    }
  });
});
