import { strict as assert } from "node:assert";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { GrantUsage, RoleUsage } from "../../local/aws/iam/usage";
import { allowList } from "../../scripts/iam/allow-list";
import { formatUsage } from "../../scripts/iam/format-usage";
import { findUnused } from "../../scripts/iam/unused-grants";
import { call, download, postJson } from "../e2e/support/api";
import type { Stack } from "../e2e/support/stack";
import { failUpload } from "../support/failed-upload";
import { makeImage } from "../support/images";
import { type InProcessRun, startInProcess } from "../support/in-process-run";

/** Does once whatever the API is for. */
async function useEverything(stack: Stack): Promise<void> {
  const urls: unknown[] = [];
  for (let count = 0; count < 2; count++) {
    const uploaded = await postJson(stack, "/images", {
      image_data: (await makeImage("png")).toString("base64"),
      content_type: "image/png",
      user_id: "ada",
    });
    assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body));
    urls.push(uploaded.body.url);
  }
  const list = await call(stack, "/images?userId=ada&limit=1&urls=true");
  const [image] = list.body.images as { imageId: string; url: string }[];
  assert.ok(image);
  const next = encodeURIComponent(String(list.body.nextCursor));
  assert.equal((await call(stack, `/images?userId=ada&limit=1&cursor=${next}`)).status, 200);
  assert.equal((await call(stack, "/images")).status, 200);
  const fetched = await call(stack, `/images/${image.imageId}?url=true`);
  urls.push(image.url, fetched.body.url);
  for (const url of urls) {
    assert.equal((await download(stack, String(url))).status, 200);
  }
  assert.equal((await postJson(stack, "/process", { id: "sensor-1" })).status, 200);
}

describe("the grants of the program", function () {
  this.timeout(120_000);
  let run: InProcessRun;
  let usage: RoleUsage[];

  before(async () => {
    run = await startInProcess();
    await useEverything(run.stack);
    await failUpload(run.stack);
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
