import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { LogQueries } from "../../../components/operations/log-queries";
import { logQueries } from "../../../components/operations/log-query-texts";
import { type MockedRun, runMocked } from "../../support/pulumi";

const type = "aws:cloudwatch/queryDefinition:QueryDefinition";

async function create(hasUsers: boolean): Promise<MockedRun> {
  const { run } = await runMocked(() => {
    const logGroup = new aws.cloudwatch.LogGroup("/aws/lambda/get");
    const get = new aws.lambda.Function("get", {
      role: "arn:aws:iam::123456789012:role/get",
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    });
    const accessLog = new aws.cloudwatch.LogGroup("/aws/apigateway/test");
    return new LogQueries("test", { functions: { get }, accessLog, hasUsers });
  });
  return run;
}

describe("LogQueries", () => {
  let run: MockedRun;

  before(async () => {
    run = await create(true);
  });

  it("saves every query, in a folder of the stack's", () => {
    const saved = run
      .ofType(type)
      .map(({ name, inputs }) => [name, inputs.name, inputs.queryString]);
    assert.deepEqual(
      saved.sort(),
      logQueries
        .map(({ title, text }) => [`test-${title}-query`, `test-test/${title}`, text])
        .sort(),
    );
  });

  it("has each read the logs that it is about", () => {
    const groupsOf = (title: string) => run.inputs(type, `test-${title}-query`).logGroupNames;
    assert.deepEqual(groupsOf("errors"), ["/aws/lambda/get-name"]);
    assert.deepEqual(groupsOf("routes"), ["/aws/apigateway/test-name"]);
    assert.deepEqual(groupsOf("one-request"), [
      "/aws/lambda/get-name",
      "/aws/apigateway/test-name",
    ]);
  });

  it("saves no query about a user where users are not known", async () => {
    const without = await create(false);
    assert.deepEqual(
      without
        .ofType(type)
        .map(({ name }) => name)
        .sort(),
      logQueries
        .filter(({ isOfUsers }) => isOfUsers !== true)
        .map(({ title }) => `test-${title}-query`)
        .sort(),
    );
    assert.equal(without.ofType(type).length, run.ofType(type).length - 1);
  });
});
