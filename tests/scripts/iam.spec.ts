import { strict as assert } from "node:assert";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { GrantUsage, RoleUsage } from "../../local/aws/iam/usage";
import { allowList } from "../../scripts/iam/allow-list";
import { formatUsage } from "../../scripts/iam/format-usage";
import { findUnused } from "../../scripts/iam/unused-grants";
import { call, download, postJson } from "../e2e/support/api";
import { createUpload, outcomeOf, uploadDirectly } from "../e2e/support/direct-uploads";
import {
  listImages,
  type Metadata,
  metadataOf,
  tryUpload,
  uploadImage,
} from "../e2e/support/images";
import { signUrl, view, viewRendition } from "../e2e/support/renditions";
import type { Stack } from "../e2e/support/stack";
import { inTwoDays, sweepAt } from "../e2e/support/sweep";
import { type FailingRun, startFailing } from "../support/failing-run";
import { failAll } from "../support/failures";
import { makeImage, makeLargePng } from "../support/images";

/** Does once whatever the API is for, and lets go wrong what may. */
async function useEverything(run: FailingRun): Promise<void> {
  const { stack } = run;
  await useImages(stack);
  await useUploads(stack);
  await useKeys(stack);
  await useRenditions(run);
  await failAll(run);
}

async function useRenditions(run: FailingRun): Promise<void> {
  const { stack } = run;
  const [image, other] = await Promise.all(
    [1, 2].map(() => uploadImage(stack, { userId: "renditions", tags: { a: "b" } })),
  );
  const imageId = image?.imageId ?? "";
  await listImages(stack, { preset: "thumb" });
  await listImages(stack, { similarTo: imageId });
  assert.equal((await call(stack, `/images/${imageId}?preset=thumb`)).status, 200);
  await viewRendition(stack, imageId, "?width=4");
  const change = { tags: { c: "d" }, focalPoint: { x: 0.1, y: 0.2 } };
  const changed = await call(stack, `/images/${imageId}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  await viewRendition(stack, other?.imageId ?? "", "?width=4");
  await remove(stack, other?.imageId ?? "");
  await viewLarge(stack);
  await deleteWhileRendered(run);
}

/** What an answer cannot hold is at the end of a presigned URL. */
async function viewLarge(stack: Stack): Promise<void> {
  const large = await makeLargePng(4_000_000);
  const { imageId } = await uploadImage(stack, { userId: "renditions", image: large });
  const url = await signUrl(stack, imageId, "?format=png&enlarge=true&width=1200");
  const { status, headers } = await view(stack, url);
  assert.equal(status, 302);
  assert.equal((await view(stack, headers.location ?? "")).status, 200);
}

/** Until a rendition came too late, and was taken back. */
async function deleteWhileRendered({ stack, cloud }: FailingRun): Promise<void> {
  const isTakenBack = () =>
    cloud.iam
      .usage()
      .flatMap(({ grants }) => grants)
      .some(
        ({ statement, used }) => statement === "TakeBackRenditions" && Object.keys(used).length,
      );
  while (!isTakenBack()) {
    const { imageId } = await uploadImage(stack, { userId: "renditions" });
    const url = await signUrl(stack, imageId, "?enlarge=true&width=1500&format=png");
    const asked = view(stack, url);
    await remove(stack, imageId);
    await asked;
  }
}

async function useImages(stack: Stack): Promise<void> {
  const tags = { a: "b" };
  const uploaded = await tryUpload(stack, { userId: "ada", tags });
  assert.equal((await download(stack, String(uploaded.body.url))).status, 200);
  const { imageId } = await uploadImage(stack, { userId: "ada", tags });
  const lists: Record<string, string>[] = [{}, { userId: "ada" }, { tag: "a:b" }];
  for (const list of [...lists, { userId: "ada", tag: "a:b" }]) {
    const query = { ...list, limit: "1", urls: "true" };
    const { nextCursor: cursor } = await listImages(stack, query);
    const { images } = await listImages(stack, { ...query, cursor });
    const [{ url }] = images as [Metadata & { url: string }];
    assert.equal((await download(stack, url)).status, 200);
  }
  const fetched = await call(stack, `/images/${imageId}?url=true`);
  assert.equal((await download(stack, String(fetched.body.url))).status, 200);
  const headers = { accept: "image/*" };
  assert.equal((await call(stack, `/images/${imageId}/content`, { headers })).status, 200);
  await remove(stack, imageId);
}

async function useUploads(stack: Stack): Promise<void> {
  const image = await makeImage("png");
  const ready = await uploadDirectly(stack, image, { tags: { a: "b" } });
  assert.equal((await outcomeOf(stack, ready)).status, "ready");
  const Bucket = stack.outputs.imagesBucket;
  const { key: Key } = metadataOf(await call(stack, `/images/${ready.uploadId}`));
  await remove(stack, ready.uploadId);
  await stack.s3.send(new PutObjectCommand({ Bucket, Key, Body: "late" }));
  const unused = await Promise.all([1, 2].map((size) => createUpload(stack, { size })));
  for (const { uploadId } of unused) {
    // The marker makes no event, so that it is there until the upload is removed.
    await stack.s3.send(new DeleteObjectCommand({ Bucket, Key: `uploads/${uploadId}` }));
  }
  await remove(stack, unused[0]?.uploadId ?? "");
  await sweepAt(stack, inTwoDays());
}

/** Each route stores an answer under a key, and forgets a key whose request it refuses. */
async function useKeys(stack: Stack): Promise<void> {
  const image = await makeImage("png");
  const { recordsTable: TableName } = stack.outputs;
  const Item = { id: "large", text: "x".repeat(300_000) };
  await stack.documents.send(new PutCommand({ TableName, Item }));
  const useKey = async (key: string, bytes: Buffer, size: number, id: string) => {
    const headers = { "idempotency-key": key };
    const announced = { content_type: "image/png", user_id: "ada", size };
    const answers = [
      await tryUpload(stack, { userId: "ada", image: bytes, headers }),
      await postJson(stack, "/uploads", announced, headers),
      await postJson(stack, "/process", { id }, headers),
    ];
    return answers.map(({ status }) => status);
  };
  assert.deepEqual(await useKey("stored", image, 1, "small"), [201, 201, 200]);
  const refused = await useKey("forgotten", image.subarray(0, 20), 2 ** 40, "large");
  assert.deepEqual(refused, [415, 413, 413]);
}

async function remove(stack: Stack, imageId: string): Promise<void> {
  const answer = await call(stack, `/images/${imageId}`, { method: "DELETE" });
  assert.equal(answer.status, 204, JSON.stringify(answer.body));
}

describe("the grants of the program", function () {
  this.timeout(120_000);
  let run: FailingRun;
  let usage: RoleUsage[];

  before(async () => {
    run = await startFailing();
    await useEverything(run);
    await run.stop();
    usage = JSON.parse(readFileSync(join(run.dataDir, "iam-usage.json"), "utf8")) as RoleUsage[];
  });
  after(() => run.remove());

  it("are all used, but for those that the allow-list excuses", () => {
    assert.deepEqual(findUnused(usage, allowList), { unused: [], needless: [] });
  });

  it("suffice: no function was refused anything", () => {
    assert.deepEqual(
      usage.flatMap(({ refused }) => refused),
      [],
    );
  });

  it("are in a file that only its owner reads, without secrets", () => {
    const file = join(run.dataDir, "iam-usage.json");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.doesNotMatch(readFileSync(file, "utf8"), /ASIA|AKIA|[sS]ecretAccessKey/);
  });
});

describe("the report of grants", () => {
  const grant: GrantUsage = {
    policy: "policy read",
    statement: "Read",
    action: "s3:Get*",
    resource: "arn:aws:s3:::photos/*",
    used: { "s3:GetObject": 2, "s3:GetObjectTagging": 1 },
  };
  const unused: GrantUsage = { ...grant, action: "s3:PutObject", used: {} };
  const trace: GrantUsage = { ...unused, statement: "Trace", action: "xray:Put", resource: "*" };
  const usage: RoleUsage[] = [
    {
      role: "reader",
      grants: [grant, unused, trace],
      refused: [{ action: "s3:ListBucket", resource: "*", explanation: "no", count: 3 }],
    },
  ];
  const excuse = { statement: "Trace", reason: "No traces here." };

  it("finds the grants that nothing used and nothing excuses", () => {
    assert.deepEqual(findUnused(usage, [excuse]), {
      unused: [
        'reader: nothing used s3:PutObject on arn:aws:s3:::photos/* (statement "Read" of policy read)',
      ],
      needless: [],
    });
  });

  it("finds the excuses that nothing needs", () => {
    const { needless } = findUnused(usage, [excuse, { action: "s3:Get*", reason: "Rare." }]);
    assert.deepEqual(needless, ["The allow-list excuses what is used or not granted: Rare."]);
  });

  it("shows what was granted, used, unused and refused, wildcards as the actions used", () => {
    assert.equal(
      formatUsage(usage, [excuse]),
      `reader
  action         resource               granted  used                                   unused  refused
  s3:Get*        arn:aws:s3:::photos/*  Read     s3:GetObject 2, s3:GetObjectTagging 1
  s3:PutObject   arn:aws:s3:::photos/*  Read                                            UNUSED
  xray:Put       *                      Trace                                           [1]
  s3:ListBucket  *                                                                              3

[1] No traces here.`,
    );
  });
});
