import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  Api,
  Edge,
  HandlerFunction,
  ImageEdge,
  Ingest,
  SecureBucket,
  Storage,
} from "../../package/index";
import { requireTable } from "../../package/references";
import { outputValue, runMocked } from "../support/pulumi";

/** Everything that the stack has, but alerts. */
function everything() {
  const storage = new Storage("media", {});
  const edge = new Edge("media", { results: storage.results });
  const images = new ImageEdge("media-images", { storage: storage.data });
  const data = { storage: storage.data, images: images.info };
  const api = new Api("media", { ...data, resultsUrl: edge.url, logRetentionDays: 60 });
  new Ingest("media", data);
  return { storage, edge, api };
}

describe("the package", () => {
  it("makes the stack's components of plain data, with the config's defaults", async () => {
    const { run, result } = await runMocked(everything);
    assert.equal(await outputValue(result.edge.url), "https://media-results.cloudfront.net");
    assert.equal(
      await outputValue(result.api.url),
      "https://media-api.execute-api.us-east-1.amazonaws.com/v1",
    );
    const retentions = run
      .ofType("aws:cloudwatch/logGroup:LogGroup")
      .map(({ inputs }) => inputs.retentionInDays);
    assert.deepEqual(new Set(retentions), new Set([30, 60]));
    const plan = run.inputs("aws:apigateway/usagePlan:UsagePlan", "media-plan");
    assert.deepEqual(plan.quotaSettings, { limit: 1000, period: "DAY" });
    // Each bucket has one policy, made by whoever serves it.
    const buckets = run.ofType("aws:s3/bucket:Bucket").map(({ name }) => name);
    const served = run
      .ofType("aws:s3/bucketPolicy:BucketPolicy")
      .map(({ inputs }) => String(inputs.bucket).replace(/-(bucket|id)$/, ""));
    assert.deepEqual(served.sort(), buckets.sort());
  });

  it("keeps inputs in the state, as they were given", async () => {
    const { run } = await runMocked(() => {
      new Storage("media", { resultsLockDays: 7 });
      new SecureBucket("inbox", { expiry: [{ prefix: "tmp/", days: 3 }] });
    });
    assert.deepEqual(run.inputs("darkroom:index:Storage", "media"), { resultsLockDays: 7 });
    assert.deepEqual(run.inputs("darkroom:index:SecureBucket", "inbox"), {
      expiry: [{ prefix: "tmp/", days: 3 }],
    });
  });

  it("makes a bucket that is protected and closed unless it is told otherwise", async () => {
    const { run } = await runMocked(() => {
      new SecureBucket("inbox", { expiry: [{ prefix: "tmp/", days: 3 }] });
      new SecureBucket("shown", { protect: false, forceDestroy: true, servedByEdge: true });
    });
    assert.equal(run.one("aws:s3/bucket:Bucket", "inbox").options.protect, true);
    assert.equal(run.inputs("aws:s3/bucket:Bucket", "inbox").forceDestroy, false);
    assert.equal(run.one("aws:s3/bucket:Bucket", "shown").options.protect, false);
    const policies = run.ofType("aws:s3/bucketPolicy:BucketPolicy").map(({ name }) => name);
    assert.deepEqual(policies, ["inbox-policy"]);
    const { rules } = run.inputs(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "inbox-lifecycle",
    ) as { rules: { id: string; expiration?: object }[] };
    assert.deepEqual(
      rules.map(({ id, expiration }) => [id, expiration]),
      [
        ["expire-leftovers", { expiredObjectDeleteMarker: true }],
        ["expire-1", { days: 3 }],
      ],
    );
  });

  it("tells all problems of the inputs at once, and makes nothing", async () => {
    const refused = runMocked(
      () => new Storage("media", { resultsLockDays: -1, renditionExpireDays: 0.5 }),
    );
    await assert.rejects(refused, (error: Error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.equal(
        error.message,
        [
          "The arguments of Storage media are not accepted:",
          '  resultsLockDays is "-1"; accepted: an integer from 0 to 36500',
          '  renditionExpireDays is "0.5"; accepted: an integer from 1 to 36500',
        ].join("\n"),
      );
      return true;
    });
  });

  it("makes a function of a program's own file, whose bundle is found from any folder", async () => {
    const entry = "examples/inbox/take-note.ts";
    const { run } = await runMocked(() => {
      new HandlerFunction("note", {
        entry,
        environment: { INBOX: "inbox" },
        grants: [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::inbox/*"] }],
        timeoutSeconds: 5,
      });
    });
    const { code, environment, timeout } = run.inputs("aws:lambda/function:Function", "note");
    assert.equal(timeout, 5);
    assert.deepEqual(environment, {
      variables: { POWERTOOLS_SERVICE_NAME: "note", POWERTOOLS_LOG_LEVEL: "INFO", INBOX: "inbox" },
    });
    const { policy } = run.inputs("aws:iam/policy:Policy", "note-policy") as { policy: string };
    assert.ok(
      policy.includes(
        '{"Effect":"Allow","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::inbox/*"]}',
      ),
    );
    const assets = await (code as pulumi.asset.AssetArchive).assets;
    const paths = await Promise.all(
      Object.values(assets).map(async (asset) => (asset as pulumi.asset.FileAsset).path),
    );
    const [file = ""] = paths.filter((known) => typeof known === "string");
    assert.ok(path.isAbsolute(file) && existsSync(file), file);
  });

  it("refuses an entry that is not there, or that does not compile", async () => {
    const made = (entry: string) => runMocked(() => new HandlerFunction("note", { entry }));
    await assert.rejects(
      made("./nowhere.ts"),
      /entry is ".\/nowhere.ts", and there is no such file in /,
    );
    await assert.rejects(made("README.md"), /entry "README.md" cannot be bundled: .*No loader/s);
  });

  it("says which table is missing where users are known", () => {
    assert.equal(requireTable({ tagsTable: "tags" }, "tagsTable"), "tags");
    assert.throws(
      () => requireTable({}, "usersTable"),
      /The storage has no usersTable: .* hasUsers/,
    );
  });
});
