import assert from "node:assert/strict";
import { Events } from "../../../components/functions/events";
import { FailureQueue } from "../../../components/functions/failure-queue";
import { publishEventsStatements } from "../../../components/policies/event-statements";
import { functionPolicy } from "../../../components/policies/function-policy";
import { Storage } from "../../../components/storage/storage";
import { imageFilters, resultFilters } from "../../../handlers/events/stack-events";
import { type MockedRun, runMocked } from "../../support/pulumi";

const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";
const tableType = "aws:dynamodb/table:Table";
const functionArn = "arn:mock:aws:lambda/function:Function:test-publish-events";
const busArn = "arn:mock:aws:cloudwatch/eventBus:EventBus:test-events";
const queueArn = "arn:mock:aws:sqs/queue:Queue:test-failures";
const streamArn = (table: string) => `arn:mock:aws:dynamodb/table:Table:${table}/stream/label`;

async function create(): Promise<MockedRun> {
  const { run } = await runMocked(() => {
    const storage = new Storage("test", {
      resultsLockDays: 1,
      renditionExpireDays: 90,
      protectData: false,
      allowedOrigins: ["*"],
      tellsChanges: true,
    });
    const { queue } = new FailureQueue("test-failures");
    return new Events("test", { storage, failures: queue, logRetentionDays: 30 });
  });
  return run;
}

describe("Events", () => {
  let run: MockedRun;

  before(async () => {
    run = await create();
  });

  it("has a bus of its own, without rules, that is described", () => {
    assert.deepEqual(run.inputs("aws:cloudwatch/eventBus:EventBus", "test-events"), {
      description: "What becomes of images and results",
    });
    assert.deepEqual(run.ofType("aws:cloudwatch/eventRule:EventRule"), []);
  });

  it("has streams of images and results, with rows before and after, and of no other table", () => {
    const streaming = run.ofType(tableType).filter(({ inputs }) => inputs.streamEnabled === true);
    assert.deepEqual(streaming.map(({ name, inputs }) => [name, inputs.streamViewType]).sort(), [
      ["test-images", "NEW_AND_OLD_IMAGES"],
      ["test-results", "NEW_AND_OLD_IMAGES"],
    ]);
  });

  for (const [name, table, filters] of [
    ["test-image-changes", "test-images", imageFilters],
    ["test-result-changes", "test-results", resultFilters],
  ] as const) {
    it(`follows ${table} from the first change on, and names in a queue what it gives up`, () => {
      assert.deepEqual(run.inputs(mappingType, name), {
        functionName: functionArn,
        eventSourceArn: streamArn(table),
        startingPosition: "TRIM_HORIZON",
        filterCriteria: { filters: filters.map((filter) => ({ pattern: JSON.stringify(filter) })) },
        functionResponseTypes: ["ReportBatchItemFailures"],
        bisectBatchOnFunctionError: true,
        maximumRecordAgeInSeconds: 3600,
        destinationConfig: { onFailure: { destinationArn: queueArn } },
      });
    });
  }

  it("has no more filters than Lambda takes", () => {
    assert.ok(imageFilters.length <= 5 && resultFilters.length <= 5);
  });

  it("tells the function the bus and the tables, and lets it do nothing but read streams and put events", () => {
    const { environment, memorySize, timeout } = run.inputs(
      "aws:lambda/function:Function",
      "test-publish-events",
    );
    assert.deepEqual([memorySize, timeout], [256, 120]);
    assert.deepEqual((environment as { variables: object }).variables, {
      POWERTOOLS_SERVICE_NAME: "publish-events",
      POWERTOOLS_LOG_LEVEL: "INFO",
      EVENT_BUS: "test-events-name",
      IMAGES_TABLE: "test-images-name",
      RESULTS_TABLE: "test-results-name",
    });
    const { policy } = run.inputs("aws:iam/policy:Policy", "test-publish-events-policy");
    const statements = publishEventsStatements(
      [streamArn("test-images"), streamArn("test-results")],
      { bus: busArn, failures: queueArn },
    );
    const logGroupArn = "arn:mock:aws:cloudwatch/logGroup:LogGroup:/aws/lambda/test-publish-events";
    assert.deepEqual(JSON.parse(String(policy)), functionPolicy(logGroupArn, statements));
    assert.deepEqual(
      statements.map(({ Action, Resource }) => [Action, Resource]),
      [
        [["dynamodb:ListStreams"], ["*"]],
        [
          ["dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords"],
          [streamArn("test-images"), streamArn("test-results")],
        ],
        [["events:PutEvents"], [busArn]],
        [["sqs:SendMessage"], [queueArn]],
      ],
    );
  });
});
