import { strict as assert } from "node:assert";
import {
  CopyObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { waitUntil } from "../e2e/support/wait-until";
import type { Probe } from "./support/probe";
import { allProbes } from "./support/probes";
import { recordAll, type RecordedRequest, type Refusal, replay } from "./support/recorded-request";
import { functionNames, useTarget, type FunctionName, type Victim } from "./support/target";

/** What removes all versions of objects. */
const versions = ["s3:ListBucketVersions", "s3:DeleteObjectVersion"];
/** What removes renditions, and makes the edge forget them. */
const removal = {
  "renditionsBucket/i": versions,
  imageEdge: ["cloudfront:CreateInvalidation"],
};
/** What counts images of users: never by itself. */
const counting = { "users in transactions": ["dynamodb:UpdateItem"] };
/** What remembers answers to requests that may be repeated. */
const answers = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];

/**
 * What each function needs, written down from what it does and not from its policy: permissions and
 * the only places where it has them. Whatever is not here has to be refused.
 */
const needs: Record<FunctionName, Record<string, string[]>> = {
  "upload-image": {
    users: ["dynamodb:GetItem"],
    "users in transactions": ["dynamodb:GetItem", "dynamodb:UpdateItem"],
    "imagesBucket/images": [
      "s3:PutObject",
      "s3:GetObject",
      "s3:ListBucketVersions",
      "s3:DeleteObjectVersion",
    ],
    images: ["dynamodb:GetItem", "dynamodb:PutItem"],
    "image-tags": ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    idempotency: answers,
  },
  "create-upload": {
    users: ["dynamodb:GetItem"],
    "users in transactions": ["dynamodb:GetItem"],
    "imagesBucket/uploads": ["s3:PutObject"],
    images: ["dynamodb:PutItem"],
    idempotency: answers,
  },
  "get-upload": { images: ["dynamodb:GetItem"] },
  "list-images": {
    "imagesBucket/images": ["s3:GetObject"],
    images: ["dynamodb:BatchGetItem", "dynamodb:GetItem"],
    "images/UserIndex": ["dynamodb:Query"],
    "images/TimelineIndex at images": ["dynamodb:Query"],
    "images/SimilarIndex": ["dynamodb:Query"],
    "image-tags/TagIndex": ["dynamodb:Query"],
    "image-tags/UserTagIndex": ["dynamodb:Query"],
    "signing-key": ["ssm:GetParameter"],
  },
  "get-image": {
    "imagesBucket/images": ["s3:GetObject"],
    images: ["dynamodb:GetItem"],
    "signing-key": ["ssm:GetParameter"],
  },
  "get-image-url": { images: ["dynamodb:GetItem"], "signing-key": ["ssm:GetParameter"] },
  "get-image-content": { "imagesBucket/images": ["s3:GetObject"], images: ["dynamodb:GetItem"] },
  "update-image": {
    images: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
    "image-tags": ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    ...removal,
  },
  "delete-image": {
    ...counting,
    "imagesBucket/images": versions,
    "imagesBucket/uploads": versions,
    images: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
    "image-tags": ["dynamodb:DeleteItem"],
    ...removal,
  },
  "process-data": {
    "resultsBucket/results": ["s3:PutObject", "s3:GetObject"],
    records: ["dynamodb:GetItem"],
    results: ["dynamodb:PutItem"],
    idempotency: answers,
  },
  "list-results": {
    results: ["dynamodb:Query"],
    "results/UserResultsIndex": ["dynamodb:Query"],
  },
  "put-record": { records: ["dynamodb:GetItem", "dynamodb:PutItem"] },
  "get-record": { records: ["dynamodb:GetItem"] },
  "delete-record": { records: ["dynamodb:GetItem", "dynamodb:DeleteItem"] },
  "get-me": { users: ["dynamodb:GetItem"], "users in transactions": ["dynamodb:GetItem"] },
  authorize: { "api-key": ["ssm:GetParameter"] },
  "finalise-upload": {
    ...counting,
    "imagesBucket/images": ["s3:PutObject", ...versions],
    "imagesBucket/uploads": ["s3:GetObjectVersion", "s3:DeleteObjectVersion"],
    images: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    "image-tags": ["dynamodb:PutItem"],
    failures: ["sqs:SendMessage"],
  },
  "describe-image": {
    ...counting,
    "imagesBucket/images": ["s3:GetObject", "s3:DeleteObject"],
    images: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    "image-tags": ["dynamodb:DeleteItem"],
    failures: ["sqs:SendMessage"],
    ...removal,
  },
  "sweep-images": {
    "imagesBucket/images": versions,
    "imagesBucket/uploads": versions,
    images: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
    "images/SweepIndex at sweep": ["dynamodb:Query"],
    "images/SweepIndex at renditions": ["dynamodb:Query"],
    failures: ["sqs:SendMessage"],
    ...removal,
  },
  "render-image": {
    "imagesBucket/images": ["s3:GetObject"],
    "renditionsBucket/i": ["s3:PutObject", "s3:GetObject", "s3:DeleteObjectVersion"],
    images: ["dynamodb:GetItem"],
  },
};

/** What came of a probe: undefined unless it was refused for lack of a permission. */
async function refusalOf(
  { operation, action }: Probe,
  request: RecordedRequest,
  victim: Victim,
): Promise<Refusal | undefined> {
  const refusal = await replay(request, victim.credentials);
  if (!refusal) {
    return undefined;
  }
  // Who may read what is not there, but may not list, is not told that it is not there.
  const isMissing = !action.startsWith("s3:List") && refusal.message.includes(" s3:ListBucket ");
  const isRefusal = /^(AccessDenied|AuthorizationError)/.test(refusal.name) && !isMissing;
  const isHead = operation.startsWith("Head") && refusal.status === 403;
  return isRefusal || isHead ? refusal : undefined;
}

/** Asserts that a refusal is in AWS's words. */
function assertShape(probe: Probe, { deployedName, roleName }: Victim, refusal: Refusal): void {
  const { operation, action } = probe;
  const status = /^(dynamodb|kms|ssm):/.test(action) ? 400 : 403;
  assert.equal(refusal.status, status, operation);
  if (!operation.startsWith("Head")) {
    const [, session, , resource] =
      /^User: (\S+) is not authorized to perform: (\S+) on resource: "?([^" ]+)"? because no identity-based policy allows the \2 action$/.exec(
        refusal.message,
      ) ?? [];
    assert.equal(
      session,
      `arn:aws:sts::000000000000:assumed-role/${roleName}/${deployedName}`,
      `${operation}: ${refusal.message}`,
    );
    assert.match(String(resource), /^(arn:aws:|\*$)/);
  }
}

describe("stolen credentials of a function", function () {
  this.timeout(60_000);
  const target = useTarget();
  let requests: RecordedRequest[];

  before("record what is sent", async () => {
    const { run, victims } = target();
    const endpoints = run.cloud.endpoints as Record<string, string>;
    const { credentials } = victims.authorize;
    requests = await recordAll(allProbes(target()), endpoints, credentials);
  });

  after("what came to where uploads arrive is removed", async () => {
    const { s3, outputs } = target().run.stack;
    const uploads = { Bucket: outputs.imagesBucket, Prefix: "uploads/" };
    await waitUntil(
      async () => (await s3.send(new ListObjectVersionsCommand(uploads))).Versions === undefined,
    );
  });

  for (const name of functionNames) {
    it(`of ${name} do what it needs and nothing else, on any resource of the stack`, async () => {
      const victim = target().victims[name];
      const probes = allProbes(target());
      const allowed: string[] = [];
      const expected: string[] = [];
      for (const [index, probe] of probes.entries()) {
        const { operation, action, place } = probe;
        const refusal = await refusalOf(probe, requests[index] ?? assert.fail(), victim);
        if (refusal) {
          assertShape(probe, victim, refusal);
        } else {
          allowed.push(`${operation} (${action}) on ${place}`);
        }
        if (needs[name][place]?.includes(action)) {
          expected.push(`${operation} (${action}) on ${place}`);
        }
      }
      assert.deepEqual(allowed, expected);
      const permissions = Object.values(needs[name]).flat();
      assert.ok(expected.length >= permissions.length, "a permission was not tried");
    });
  }

  it("leave a line about each refusal that names the function", () => {
    const { run, victims } = target();
    const { deployedName, roleName } = victims["get-image"];
    const { resultsBucket } = run.stack.outputs;
    const line = `Refused: ${deployedName} by ${roleName}: s3:PutObject on arn:aws:s3:::${resultsBucket}/results/seed: no statement of its policies allows it`;
    assert.ok(run.lines.includes(line), line);
  });

  for (const key of [
    "*",
    "imag*/seed",
    "image?/seed",
    "*/seed",
    "images",
    "imagesx/seed",
    "Images/seed",
    "images%2Fseed",
    "/images/seed",
    "./images/seed",
    "results/../images/seed",
    "images\u0000/seed",
  ]) {
    it(`do not reach the key ${JSON.stringify(key)}, which only looks like one of theirs`, async () => {
      const { run, victims } = target();
      const { s3 } = victims["upload-image"].clients;
      const object = { Bucket: run.stack.outputs.imagesBucket, Key: key };
      const refused = { name: "AccessDenied" };
      await assert.rejects(s3.send(new PutObjectCommand({ ...object, Body: "evil" })), refused);
      await assert.rejects(s3.send(new GetObjectCommand(object)), refused);
    });
  }

  it("do not leave their prefix by a key that climbs: S3 knows no folders", async () => {
    const { run, victims } = target();
    const { s3 } = victims["upload-image"].clients;
    const Bucket = run.stack.outputs.imagesBucket;
    await s3.send(new PutObjectCommand({ Bucket, Key: "images/../other/seed", Body: "evil" }));
    const seed = await run.stack.s3.send(new GetObjectCommand({ Bucket, Key: "other/seed" }));
    assert.equal(await seed.Body?.transformToString(), "seed");
  });

  it("copy nothing that they may not read: of uploads, the version that was checked alone", async () => {
    const { run, victims } = target();
    const { imagesBucket, resultsBucket } = run.stack.outputs;
    const { s3 } = victims["finalise-upload"].clients;
    for (const source of ["images/seed", "uploads/seed", "other/seed?versionId=null"]) {
      const copy = {
        CopySource: `${imagesBucket}/${source}`,
        Bucket: imagesBucket,
        Key: "images/x",
      };
      await assert.rejects(s3.send(new CopyObjectCommand(copy)), { name: "AccessDenied" });
    }
    await assert.rejects(
      victims["process-data"].clients.s3.send(
        new CopyObjectCommand({
          CopySource: `${imagesBucket}/images/seed`,
          Bucket: resultsBucket,
          Key: "results/copy",
        }),
      ),
      { name: "AccessDenied", message: /s3:GetObject on resource: ".*\/images\/seed"/ },
    );
  });
});
