import assert from "node:assert/strict";
import path from "node:path";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { PackConnection } from "../../local/engine/pack-connection";
import { loadPolicyPack } from "../../local/engine/policy-pack";
import { Struct } from "../../local/engine/protobuf";
import { policies } from "../../policy-pack/policies";
import { later, resource } from "./support/program";
import { simulate } from "./support/simulated-engine";
import { analyzeRequest, stackResource } from "./support/wire";

describe("the pack as it is served", function () {
  this.timeout(120_000);

  let pack: PackConnection;

  before(async () => {
    const loaded = await loadPolicyPack(path.join(__dirname, "../../policy-pack"));
    const identity = { organization: "organization", project: "programs", stack: "production" };
    const config = { values: {}, secretKeys: [], secrets: [] };
    pack = await PackConnection.open({ ...identity, config, ...loaded, dryRun: true });
  });

  after(() => pack.close());

  type Level = keyof typeof analyzer.EnforcementLevel;

  function configure(config: Record<string, [Level, Record<string, unknown>?]>) {
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [name, [level, settings = {}]] of Object.entries(config)) {
      const message = new analyzer.PolicyConfig()
        .setEnforcementlevel(analyzer.EnforcementLevel[level])
        .setProperties(
          Struct.fromJavaScript(settings as Parameters<typeof Struct.fromJavaScript>[0]),
        );
      request.getPolicyconfigMap().set(name, message);
    }
    return pack.call((client, done) => client.configure(request, done));
  }

  /** Who reports what in a preview, with these policies at a level and all others disabled. */
  async function reports(program: Parameters<typeof simulate>[0], enabled: Record<string, Level>) {
    const disabled = Object.fromEntries(
      policies.map(({ name }) => [name, ["DISABLED"] as [Level]]),
    );
    const given = Object.entries(enabled).map(([name, level]): [string, [Level]] => [
      name,
      [level],
    ]);
    await configure({ ...disabled, ...Object.fromEntries(given) });
    const resources = simulate(program, { stack: "production", preview: true });
    const responses: analyzer.AnalyzeResponse[] = [];
    for (const one of resources) {
      responses.push(await pack.call((client, done) => client.analyze(analyzeRequest(one), done)));
    }
    const all = new analyzer.AnalyzeStackRequest().setResourcesList(resources.map(stackResource));
    responses.push(await pack.call((client, done) => client.analyzeStack(all, done)));
    return responses
      .flatMap((response) => response.getDiagnosticsList())
      .map((diagnostic) => diagnostic.getPolicyname());
  }

  it("knows what is declared while no policy on resources is enabled", async () => {
    const queue = resource("aws:sqs/queue:Queue", "jobs");
    const tags = { Source: later("late", queue) };
    const program = [
      queue,
      resource("aws:s3/bucket:Bucket", "plain", { tags }),
      resource("aws:s3/bucket:Bucket", "versioned", { tags, versioning: { enabled: true } }),
    ];
    assert.deepEqual(await reports(program, { "s3-bucket-require-versioning": "ADVISORY" }), [
      "s3-bucket-require-versioning",
    ]);
  });

  it("forgets one run at the next", async () => {
    const enabled = { "s3-bucket-require-versioning": "MANDATORY" as const };
    const type = "aws:s3/bucket:Bucket";
    const versioned = resource(type, "images", { versioning: { enabled: true } });
    assert.deepEqual(await reports([versioned], enabled), []);
    assert.deepEqual(await reports([resource(type, "images")], enabled), [
      "s3-bucket-require-versioning",
    ]);
    assert.deepEqual(await reports([versioned], enabled), []);
  });

  it("judges each resource by the rules for its type, however many are analyzed at once", async () => {
    await configure({ all: ["ADVISORY"] });
    const types = ["aws:s3/bucketAcl:BucketAcl", "aws:sqs/queue:Queue", "aws:kms/key:Key"];
    const program = Array.from({ length: 60 }, (_, index) =>
      resource(types[index % types.length] ?? "", `one-${index}`, {
        acl: "public-read",
        tags: { Environment: "Production" },
      }),
    );
    const reported = await Promise.all(
      simulate(program, { stack: "production", preview: true }).map(async (one) => {
        const response = await pack.call<analyzer.AnalyzeResponse>((client, done) =>
          client.analyze(analyzeRequest(one), done),
        );
        return response.getDiagnosticsList().map((diagnostic) => diagnostic.getPolicyname());
      }),
    );
    const expected = [
      "s3-bucket-forbid-public-acl",
      "sqs-queue-require-encryption",
      "kms-key-require-rotation",
    ];
    for (const [index, names] of reported.entries()) {
      assert.deepEqual(names, [expected[index % types.length]], `one-${index}`);
    }
  });

  it("accepts all of its own config", async () => {
    await configure({
      all: ["MANDATORY"],
      "lambda-function-limit-timeout": ["ADVISORY", { maximumSeconds: 60 }],
    });
  });

  it("refuses config that it does not know, all at once", async () => {
    await assert.rejects(
      configure({
        "s3-bucket-require-magic": ["MANDATORY"],
        "lambda-function-limit-timeout": ["ADVISORY", { seconds: 60 }],
        all: ["ADVISORY", { maximumSeconds: 60 }],
      }),
      ({ message }: Error) => {
        const lines = message.slice(message.indexOf("it is not accepted:")).split("\n");
        assert.deepEqual(lines.map((line) => line.trim()).sort(), [
          "all.maximumSeconds is no setting; accepted: none",
          "it is not accepted:",
          "lambda-function-limit-timeout.seconds is no setting; accepted: maximumSeconds",
          "s3-bucket-require-magic is no policy of this pack; accepted: all, or a name that README.md lists",
        ]);
        return true;
      },
    );
  });
});
