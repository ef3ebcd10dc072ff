import assert from "node:assert/strict";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { Logger } from "@aws-lambda-powertools/logger";
import { mockClient } from "aws-sdk-client-mock";
import { accessLogFormat } from "../../../components/api/access-log";
import { logQueries, type QueriedLogs } from "../../../components/operations/log-query-texts";
import { createEventHandler } from "../../../handlers/aws/event-handler";
import { createHandler } from "../../../handlers/get-image";
import { PlatformLog } from "../../../local/aws/lambda/platform-log";
import { useSigningKey } from "../../handlers/signing-key";
import { apiEvent, call, context, logging, settings, useSdkSettings } from "../../handlers/support";
import { queriedFields, queriedTexts, queriedWords } from "../../support/log-query";

const imageId = "0190a0a0-0000-4000-8000-000000000000";

type Line = Record<string, unknown>;

/** What a function logs of requests that succeed, are refused and fail, and of an event that fails. */
async function functionLines(): Promise<Line[]> {
  const get = () =>
    call(
      createHandler(settings),
      apiEvent({ method: "GET", resource: "/images/{id}", id: imageId }),
    );
  const dynamoDb = mockClient(DynamoDBDocumentClient);
  try {
    dynamoDb.on(GetCommand).resolves({});
    const refused = await get();
    dynamoDb.on(GetCommand).rejects(new Error("No answer"));
    const failed = await get();
    const handler = createEventHandler(new Logger(), () => Promise.reject(new Error("No answer")));
    const ofEvent = await logging(() => handler({}, context).catch(() => undefined));
    return [...refused.logs, ...failed.logs, ...ofEvent.logs];
  } finally {
    dynamoDb.restore();
  }
}

/** What Lambda itself logs of runs that succeed and fail. */
function platformLines(): Line[] {
  const log = new PlatformLog(
    {
      name: "get-image",
      runtime: "nodejs24.x",
      timeoutSeconds: 30,
      memoryMb: 512,
      logFormat: "JSON",
    } as ConstructorParameters<typeof PlatformLog>[0],
    {
      account: { accountId: "123456789012", region: "us-east-1", partition: "aws" },
      clock: () => new Date(0),
    },
  );
  const report = { requestId: "invocation-1", durationMs: 1, initDurationMs: 2, maxMemoryMb: 3 };
  return [
    ...log.report({ ...report, status: "success" }),
    ...log.report({ ...report, status: "error", errorType: "Runtime.ExitError" }),
  ].map((line) => JSON.parse(line) as Line);
}

/** Fields as Logs Insights finds them: those in objects by their path. */
function fieldsOf(line: Line, prefix = ""): [field: string, value: unknown][] {
  return Object.entries(line).flatMap(([name, value]): [string, unknown][] =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? fieldsOf(value as Line, `${prefix}${name}.`)
      : [[prefix + name, value]],
  );
}

describe("logQueries", () => {
  useSdkSettings();
  useSigningKey();
  let found: Record<QueriedLogs, [field: string, value: unknown][]>;

  before(async () => {
    const functions = [...(await functionLines()), ...platformLines()].flatMap((line) =>
      fieldsOf(line),
    );
    const access = fieldsOf(JSON.parse(accessLogFormat(true)) as Line);
    found = { functions, access, all: [...functions, ...access] };
  });

  for (const { title, text, logs } of logQueries) {
    it(`ask for fields that these logs have: ${title}`, () => {
      const known = new Set(found[logs].map(([field]) => field));
      const fields = queriedFields(text);
      assert.ok(fields.length > 0);
      assert.deepEqual(
        fields.filter((field) => !known.has(field)),
        [],
      );
    });

    it(`compare with texts that these logs have: ${title}`, () => {
      for (const [field, value] of queriedTexts(text)) {
        assert.ok(
          found[logs].some((one) => one[0] === field && one[1] === value),
          `${field} is never ${value}`,
        );
      }
    });

    it(`are written in the query language: ${title}`, () => {
      assert.deepEqual(queriedWords(text).unknown, []);
      assert.ok(text.length <= 10_000);
    });
  }

  it("have titles of their own, which are part of the queries' names", () => {
    const titles = logQueries.map(({ title }) => title);
    assert.equal(new Set(titles).size, titles.length);
    assert.ok(titles.every((title) => /^[a-z]+(-[a-z]+)*$/.test(title)));
  });

  it("are found wrong where a field has another name", () => {
    assert.deepEqual(
      queriedFields("fields @timestamp, statuscode as s | filter error.nam like /level/ | sort s"),
      ["statuscode", "error.nam"],
    );
  });

  it("only ask for what stands for a user where users are known", () => {
    const ofUsers = new Set(Object.keys(JSON.parse(accessLogFormat(true)) as Line));
    for (const field of Object.keys(JSON.parse(accessLogFormat(false)) as Line)) {
      ofUsers.delete(field);
    }
    for (const { text, isOfUsers = false } of logQueries) {
      assert.equal(
        queriedFields(text).some((field) => ofUsers.has(field)),
        isOfUsers,
      );
    }
  });
});
