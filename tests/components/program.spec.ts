import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { functionNames } from "../../components/functions/function-names";
import { isTaggable } from "../../components/tags";
import { ownConfig, type ProgramOutputs, runProgram } from "../support/program-run";
import { type MockedRun, outputValue } from "../support/pulumi";

/** What @pulumi/aws declares as inputs of this type. */
function declaredInputs(type: string): string {
  const [, module = ""] = type.split(":");
  const declarations = readFileSync(`node_modules/@pulumi/aws/${module}.d.ts`, "utf8");
  return declarations.split(/^export interface \w+Args /m)[1] ?? "";
}

/** Executions for every function that the config can name, each another number. */
const reservations = functionNames().map((name, index) => [name, index + 1] as const);

const compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

interface WatchedMetric {
  metricName: string;
  dimensions: Record<string, string>;
}

describe("the program", () => {
  let run: MockedRun;
  let outputs: ProgramOutputs;

  before(async function () {
    // Serialises all functions.
    this.timeout(120_000);
    ({ run, result: outputs } = await runProgram("production", {
      ...ownConfig,
      reservedConcurrency: JSON.stringify(
        reservations.map(([name, executions]) => `${name}=${executions}`),
      ),
    }));
  });

  /** All but components. */
  function awsResources() {
    return run.resources.filter(({ type }) => /^aws:\w+\/\w+:/.test(type));
  }

  it("has exactly the promised outputs", async () => {
    const values = await Promise.all(
      Object.entries(outputs).map(async ([name, output]) => [name, await outputValue(output)]),
    );
    assert.deepEqual(Object.fromEntries(values), {
      apiUrl: "https://darkroom-api.execute-api.us-east-1.amazonaws.com/v1",
      apiKey: "darkroom-key-value",
      cdnUrl: "https://darkroom-results.cloudfront.net",
      imagesCdnUrl: "https://darkroom-images.cloudfront.net",
      imagesBucket: "darkroom-images-bucket",
      renditionsBucket: "darkroom-renditions-bucket",
      resultsBucket: "darkroom-results-bucket",
      imagesTable: "darkroom-images-name",
      tagsTable: "darkroom-image-tags-name",
      recordsTable: "darkroom-records-name",
      resultsTable: "darkroom-results-name",
      usersTable: "darkroom-users-name",
      oidcIssuer: "https://id.example.com",
      eventBusArn: "arn:mock:aws:cloudwatch/eventBus:EventBus:darkroom-events",
      eventBusName: "darkroom-events-name",
      failuresQueueUrl: "https://sqs.example/darkroom-failures",
      finaliseFunction: "darkroom-finalise-upload-name",
      sweepFunction: "darkroom-sweep-images-name",
      alertTopicArn: "arn:mock:aws:sns/topic:Topic:darkroom-alerts",
    });
  });

  it("keeps the API key secret", async () => {
    assert.equal(await pulumi.isSecret(outputs.apiKey ?? pulumi.output("")), true);
  });

  it("puts the tags on every resource that takes any, and on no other", () => {
    for (const { type, name, inputs } of awsResources()) {
      const takesTags = /^ {4}tags\?: /m.test(declaredInputs(type));
      assert.equal(isTaggable(type), takesTags, type);
      const tags = {
        Environment: "Production",
        Project: "darkroom",
        Stack: "production",
        ManagedBy: "Pulumi",
      };
      assert.deepEqual(inputs.tags, takesTags ? tags : undefined, `${type} ${name}`);
    }
  });

  it("names every resource for the prefix, and twice none of one type", () => {
    for (const { type, name } of run.resources) {
      assert.match(
        name,
        /^((\/aws\/\w+|\/url-signing|\/api-key|alias)\/)?darkroom(-[A-Za-z0-9-]+)?$/,
        type,
      );
    }
    const keys = run.resources.map(({ type, name }) => `${type} ${name}`);
    assert.equal(new Set(keys).size, keys.length);
  });

  it("leaves naming to Pulumi, so that two stacks never collide", () => {
    const named = run.resources.filter(({ type, inputs }) =>
      type.startsWith("aws:s3/") && type !== "aws:s3/bucket:Bucket"
        ? false
        : ["name", "bucket", "namePrefix", "bucketPrefix"].some((key) => key in inputs),
    );
    assert.deepEqual(
      named.map(({ name, inputs }) => [name, inputs.name]),
      [
        ["darkroom-api", "darkroom-production"],
        ["darkroom-execution-log", "API-Gateway-Execution-Logs_darkroom-api-id/v1"],
      ],
    );
  });

  /** The alarms on metrics. */
  const alarms = () => run.ofType("aws:cloudwatch/metricAlarm:MetricAlarm");

  /** The metrics of all alarms. */
  function watched(): WatchedMetric[] {
    return alarms().flatMap(({ inputs }) => {
      const queries = (inputs.metricQueries ?? []) as { metric?: WatchedMetric }[];
      return inputs.metricName === undefined
        ? queries.flatMap(({ metric }) => metric ?? [])
        : [inputs as unknown as WatchedMetric];
    });
  }

  /** What is watched by a metric. */
  function watchedBy(name: string, dimension: string): (string | undefined)[] {
    return watched()
      .filter(({ metricName }) => metricName === name)
      .map(({ dimensions }) => dimensions[dimension])
      .sort();
  }

  it("has seven alarms and one that mails for them, billed for fifteen metrics", () => {
    assert.equal(alarms().length, 7);
    assert.equal(run.ofType(compositeType).length, 1);
    // With users, whose table is one more than without.
    assert.equal(watched().length, 15);
  });

  it("has one key that is billed by the month, as alarms reach no topic without one", () => {
    const keys = run.ofType("aws:kms/key:Key").map(({ name }) => name);
    assert.deepEqual(keys, ["darkroom-alerts-key"]);
  });

  it("mails of every alarm, by the composite one or, for the failure queue, by itself", () => {
    const topic = ["arn:mock:aws:sns/topic:Topic:darkroom-alerts"];
    const composite = run.inputs(compositeType, "darkroom-alarm");
    assert.deepEqual(composite.alarmActions, topic);
    const mailing = alarms().filter(({ inputs }) => inputs.alarmActions !== undefined);
    assert.deepEqual(
      mailing.map(({ name, inputs }) => [name, inputs.alarmActions]),
      [["darkroom-failures-messages", topic]],
    );
    const others = alarms().filter((alarm) => !mailing.includes(alarm));
    assert.deepEqual(
      String(composite.alarmRule).split(" OR ").sort(),
      others.map(({ name }) => `ALARM("${name}-name")`).sort(),
    );
    for (const { inputs } of [...alarms(), ...run.ofType(compositeType)]) {
      assert.equal(inputs.okActions, undefined);
    }
  });

  it("says in what each alarm mails where to look", () => {
    for (const { inputs } of alarms()) {
      assert.equal(inputs.treatMissingData, "notBreaching");
      assert.match(String(inputs.alarmDescription), /\. .+\. Runbook: docs\/runbooks\/[\w-]+\.md$/);
    }
    const { alarmDescription } = run.inputs(compositeType, "darkroom-alarm");
    const told = String(alarmDescription)
      .split("\n")
      .slice(1)
      .map((line) => `darkroom-${line.split(":")[0] ?? ""}`);
    const others = alarms().map(({ name }) => name);
    assert.deepEqual(
      told.sort(),
      others.filter((name) => name !== "darkroom-failures-messages").sort(),
    );
  });

  it("has a runbook for each alarm, in the same order of sections, and none for any other", () => {
    const suffixes = [
      ...[...alarms(), ...run.ofType(compositeType)].map(({ name }) =>
        name.replace("darkroom-", ""),
      ),
      // Only with a rollout, and with scans.
      ...["event-errors", "scan-failures"],
    ];
    const list = readFileSync("docs/runbooks/README.md", "utf8");
    const pages = readdirSync("docs/runbooks").filter((page) => page !== "README.md");
    assert.deepEqual(pages.sort(), suffixes.map((suffix) => `${suffix}.md`).sort());
    for (const suffix of suffixes) {
      const page = readFileSync(`docs/runbooks/${suffix}.md`, "utf8");
      assert.ok(page.startsWith(`# ${suffix}: `), suffix);
      const sections = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
      assert.deepEqual(sections, [
        "What it means",
        "What users notice",
        "Look here first",
        "Mend",
        "Prevent",
        "When it ends",
      ]);
      assert.ok(list.includes(`](${suffix}.md)`), suffix);
    }
  });

  it("watches every function: by the API, by its URL or by what becomes of its events", () => {
    const names = (type: string) => run.ofType(type).map(({ inputs }) => inputs);
    const ofApi = names("aws:lambda/permission:Permission")
      .filter(({ principal }) => principal === "apigateway.amazonaws.com")
      .map((inputs) => String(inputs.function));
    const ofUrl = names("aws:lambda/functionUrl:FunctionUrl").map(({ functionName }) =>
      String(functionName),
    );
    const ofEvents = names("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").map(
      ({ functionName }) => String(functionName),
    );
    const ofStreams = [
      ...new Set(
        names("aws:lambda/eventSourceMapping:EventSourceMapping").map(({ functionName }) =>
          String(functionName).replace(/^.*:(.*)$/, "$1-name"),
        ),
      ),
    ];
    const all = run.ofType("aws:lambda/function:Function").map(({ name }) => `${name}-name`);
    assert.deepEqual(
      [...new Set([...ofApi, ...ofUrl, ...ofEvents, ...ofStreams])].sort(),
      all.sort(),
    );
    assert.deepEqual(watchedBy("Url5xxCount", "FunctionName"), ofUrl);
    assert.deepEqual(watchedBy("Throttles", "FunctionName"), [...ofUrl, ...ofEvents].sort());
    assert.deepEqual(watchedBy("5XXError", "ApiName"), [
      "darkroom-production",
      "darkroom-production",
    ]);
  });

  it("keeps for each function what the config says of it, which can name all", () => {
    const kept = run
      .ofType("aws:lambda/function:Function")
      .map(({ name, inputs }) => [name, inputs.reservedConcurrentExecutions]);
    const said = reservations.map(([name, executions]) => [`darkroom-${name}`, executions]);
    assert.deepEqual(new Map(kept as []), new Map(said as []));
  });

  it("watches every table but that of records on demand, and the queue of failures", () => {
    const namesOf = (type: string) => run.ofType(type).map(({ name }) => `${name}-name`);
    assert.deepEqual(
      [...watchedBy("WriteThrottleEvents", "TableName"), "darkroom-records-name"].sort(),
      namesOf("aws:dynamodb/table:Table").sort(),
    );
    assert.deepEqual(
      watchedBy("ApproximateNumberOfMessagesVisible", "QueueName"),
      namesOf("aws:sqs/queue:Queue"),
    );
  });

  it("watches the API by the name that its metrics have", () => {
    const { dimensions } = run.inputs(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "darkroom-api-failures",
    );
    assert.deepEqual(dimensions, { ApiName: "darkroom-production", Stage: "v1" });
  });

  it("protects the data of production", () => {
    for (const type of ["aws:s3/bucket:Bucket", "aws:dynamodb/table:Table"]) {
      const open = run.ofType(type).filter(({ options }) => !options.protect);
      assert.deepEqual(
        open.map(({ name }) => name),
        // Renditions can all be made again.
        type === "aws:s3/bucket:Bucket" ? ["darkroom-renditions"] : [],
      );
    }
  });

  it("logs no access to buckets and scans no uploads unless it is told to", () => {
    for (const type of [
      "aws:s3/bucketLogging:BucketLogging",
      "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan",
    ]) {
      assert.deepEqual(run.ofType(type), []);
    }
    assert.doesNotMatch(JSON.stringify(run.ofType("aws:lambda/function:Function")), /SCAN_UPLOADS/);
  });

  it("gives each bucket one policy", () => {
    const policies = run.ofType("aws:s3/bucketPolicy:BucketPolicy");
    assert.deepEqual(policies.map(({ name }) => name).sort(), [
      "darkroom-images-policy",
      "darkroom-renditions-policy",
      "darkroom-results-policy",
    ]);
  });

  it("uses no input that @pulumi/aws deprecates", () => {
    for (const { type, inputs } of awsResources()) {
      const deprecated = [...declaredInputs(type).matchAll(/@deprecated[^/]*\*\/\s+(\w+)\??:/g)];
      const used = deprecated.filter(([, key = ""]) => key in inputs);
      assert.deepEqual(
        used.map(([, key]) => key),
        [],
        type,
      );
    }
  });
});
