import assert from "node:assert/strict";
import { isTaggable } from "../../components/tags";
import { type MockedRun } from "../support/pulumi";
import { ownConfig, runProgram } from "../support/program-run";

describe("the program, with options that are off by default", () => {
  let run: MockedRun;

  before(async function () {
    // Serialises all functions.
    this.timeout(120_000);
    ({ run } = await runProgram("production", {
      ...ownConfig,
      malwareScan: "true",
      cdnAccessLogs: "true",
      bucketAccessLogs: "true",
      bucketAccessLogDays: "400",
    }));
  });

  it("logs access to every bucket, but to that of logs", () => {
    const logged = run
      .ofType("aws:s3/bucketLogging:BucketLogging")
      .map(({ inputs }) => [inputs.bucket, inputs.targetBucket]);
    const buckets = run.ofType("aws:s3/bucket:Bucket").map(({ name }) => name);
    assert.equal(logged.length, 4);
    assert.deepEqual(
      new Map(logged as []),
      new Map(
        buckets
          .filter((name) => name !== "darkroom-access-logs")
          .map((name) => [`${name}-id`, "darkroom-access-logs-id"]),
      ),
    );
  });

  it("has an alarm on uploads that are not scanned, which reaches the mail", () => {
    const alarm = run.inputs("aws:cloudwatch/metricAlarm:MetricAlarm", "darkroom-scan-failures");
    const queries = alarm.metricQueries as { metric?: { dimensions: Record<string, string> } }[];
    const dimensions = {
      "Malware Protection Plan Id": "darkroom-scan-id",
      "Resource Name": "darkroom-images-bucket",
    };
    assert.deepEqual(
      queries.flatMap(({ metric }) => (metric ? [metric.dimensions] : [])),
      [dimensions, dimensions],
    );
    const { alarmRule } = run.inputs(
      "aws:cloudwatch/compositeAlarm:CompositeAlarm",
      "darkroom-alarm",
    );
    assert.match(String(alarmRule), / OR ALARM\("darkroom-scan-failures-name"\)/);
  });

  it("scans whatever is uploaded, by forms and by the API", () => {
    const [plan, ...others] = run.ofType(
      "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan",
    );
    assert.deepEqual(others, []);
    assert.deepEqual(plan?.inputs.protectedResource, {
      s3Bucket: { bucketName: "darkroom-images-id", objectPrefixes: ["uploads/"] },
    });
    assert.deepEqual(
      run
        .ofType("aws:lambda/function:Function")
        .filter(({ inputs }) => JSON.stringify(inputs.environment).includes("SCAN_UPLOADS"))
        .map(({ name }) => name)
        .sort(),
      ["darkroom-finalise-upload", "darkroom-upload-image"],
    );
    const { body } = run.inputs("aws:apigateway/restApi:RestApi", "darkroom-api") as {
      body: string;
    };
    const { paths } = JSON.parse(body) as {
      paths: Record<string, { post: { responses: Record<string, unknown> } }>;
    };
    const answers = Object.keys(paths["/images"]?.post.responses ?? {});
    assert.deepEqual(
      answers.filter((status) => status < "300"),
      ["202"],
    );
  });

  it("publishes no events where that is switched off, and has nothing that would", async function () {
    this.timeout(120_000);
    const { run: silent } = await runProgram("production", {
      ...ownConfig,
      publishEvents: "false",
    });
    const types = silent.resources.map(({ type }) => type);
    assert.ok(!types.includes("darkroom:events:Events"));
    assert.ok(!types.includes("aws:cloudwatch/eventBus:EventBus"));
    assert.ok(!types.includes("aws:lambda/eventSourceMapping:EventSourceMapping"));
    const names = silent.resources.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => name.includes("publish-events")),
      [],
    );
    const tables = silent.ofType("aws:dynamodb/table:Table");
    assert.ok(
      tables.length > 0 && tables.every(({ inputs }) => inputs.streamEnabled === undefined),
    );
  });

  it("tags what there is with the options, too", () => {
    for (const { type, inputs } of run.resources.filter(({ type: each }) => isTaggable(each))) {
      assert.ok("tags" in inputs, type);
    }
  });

  it("gives each bucket one policy", () => {
    const owners = run
      .ofType("aws:s3/bucketPolicy:BucketPolicy")
      .map(({ inputs }) => inputs.bucket as string);
    const buckets = run.ofType("aws:s3/bucket:Bucket").map(({ name }) => `${name}-id`);
    assert.deepEqual(owners.sort(), buckets.sort());
  });
});
