import assert from "node:assert/strict";
import { type MockedRun, outputValue } from "../support/pulumi";
import { ownConfig, type ProgramOutputs, runProgram } from "../support/program-run";

const functionType = "aws:lambda/function:Function";
const aliasArn = /^arn:mock:aws:lambda\/alias:Alias:darkroom-[a-z-]+-live$/;

describe("the program, with a rollout", () => {
  let run: MockedRun;
  let outputs: ProgramOutputs;

  before(async function () {
    // Serialises all functions.
    this.timeout(120_000);
    ({ run, result: outputs } = await runProgram("production", {
      ...ownConfig,
      malwareScan: "true",
      rollout: "Linear10PercentEvery3Minutes",
    }));
  });

  const inputsOf = (type: string) => run.ofType(type).map(({ inputs }) => inputs);

  /** The functions' names in the program, without its prefix. */
  const operations = () =>
    run
      .ofType(functionType)
      .map(({ name }) => name.replace("darkroom-", ""))
      .sort();

  it("publishes versions of every function, and names the first of each `live`", () => {
    assert.ok(inputsOf(functionType).every(({ publish }) => publish === true));
    const aliases = run.ofType("aws:lambda/alias:Alias");
    assert.deepEqual(
      aliases.map(({ name }) => name).sort(),
      operations()
        .map((operation) => `darkroom-${operation}-live`)
        .sort(),
    );
    for (const { inputs } of aliases) {
      assert.equal(inputs.name, "live");
    }
  });

  it("lets nobody invoke a function but by its alias", () => {
    const permissions = inputsOf("aws:lambda/permission:Permission");
    assert.ok(permissions.length > 0);
    assert.ok(permissions.every(({ qualifier }) => qualifier === "live"));
    const urls = inputsOf("aws:lambda/functionUrl:FunctionUrl");
    assert.deepEqual(
      urls.map(({ qualifier }) => qualifier),
      ["live"],
    );
  });

  it("has everything that invokes functions do so by the alias", () => {
    const settings = inputsOf("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig");
    assert.deepEqual(new Set(settings.map(({ qualifier }) => qualifier)), new Set(["live"]));
    const arns = [
      ...inputsOf("aws:lambda/eventSourceMapping:EventSourceMapping").map(
        ({ functionName }) => functionName,
      ),
      ...inputsOf("aws:cloudwatch/eventTarget:EventTarget").map(({ arn }) => arn),
      ...inputsOf("aws:s3/bucketNotification:BucketNotification").flatMap(({ lambdaFunctions }) =>
        (lambdaFunctions as { lambdaFunctionArn: string }[]).map((one) => one.lambdaFunctionArn),
      ),
    ];
    assert.equal(arns.length, 5);
    for (const arn of arns) {
      assert.match(String(arn), aliasArn);
    }
  });

  it("has the gateway and its authorizer pass requests on to aliases", () => {
    const { body } = run.inputs("aws:apigateway/restApi:RestApi", "darkroom-api");
    const uris = [...String(body).matchAll(/"(?:uri|authorizerUri)":"([^"]+)"/g)].map(
      ([, uri]) => uri,
    );
    assert.ok(uris.length > 15);
    for (const uri of uris) {
      assert.match(String(uri), /-live/);
    }
  });

  it("has a group of CodeDeploy for each function, which the metric alarms that end by themselves stop", () => {
    const groups = run.ofType("aws:codedeploy/deploymentGroup:DeploymentGroup");
    assert.deepEqual(groups.map(({ inputs }) => inputs.deploymentGroupName).sort(), operations());
    for (const { inputs } of groups) {
      assert.equal(
        inputs.deploymentConfigName,
        "CodeDeployDefault.LambdaLinear10PercentEvery3Minutes",
      );
      assert.deepEqual(inputs.alarmConfiguration, {
        enabled: true,
        alarms: [
          ...["api-errors", "api-failures", "api-latency", "render-image-errors", "event-errors"],
          ...["function-throttles", "table-throttles"],
        ].map((suffix) => `darkroom-${suffix}-name`),
      });
    }
  });

  it("watches functions that events run, while they are released, and publish-events among them", () => {
    const alarm = run.inputs("aws:cloudwatch/metricAlarm:MetricAlarm", "darkroom-event-errors");
    const queries = alarm.metricQueries as { metric?: { dimensions: Record<string, string> } }[];
    assert.deepEqual(
      queries.flatMap(({ metric }) => metric?.dimensions.FunctionName ?? []),
      ["finalise-upload", "describe-image", "sweep-images", "publish-events"].map(
        (operation) => `darkroom-${operation}-name`,
      ),
    );
  });

  it("tells releases the application and the groups", async () => {
    const told = (await outputValue(outputs.rollout)) as unknown as {
      application: string;
      groups: Record<string, object>;
    };
    assert.equal(told.application, "darkroom-rollout-name");
    assert.deepEqual(Object.keys(told.groups).sort(), operations());
    assert.deepEqual(told.groups.authorize, {
      group: "authorize",
      function: "darkroom-authorize-name",
      alias: "live",
    });
  });
});

describe("the program, without a rollout", () => {
  it("has neither versions nor aliases, and no alarm for releases", async function () {
    this.timeout(120_000);
    const { run, result } = await runProgram("production", ownConfig);
    const types = run.resources.map(({ type }) => type);
    assert.deepEqual(
      types.filter((type) => type.startsWith("aws:codedeploy/") || type.includes("lambda/alias")),
      [],
    );
    const versioned = run.resources.filter(
      ({ type, inputs }) =>
        inputs.qualifier !== undefined || (type === functionType && inputs.publish !== undefined),
    );
    assert.deepEqual(
      versioned.map(({ type, name }) => `${type} ${name}`),
      [],
    );
    assert.ok(!run.resources.some(({ name }) => name.includes("event-errors")));
    assert.ok(!("rollout" in result));
  });
});
