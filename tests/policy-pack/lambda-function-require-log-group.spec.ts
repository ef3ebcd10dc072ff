import { lambdaFunctionRequireLogGroup as policy } from "../../policy-pack/policies/lambda-function-require-log-group";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
  spoiled,
} from "./support/harness";

describe("lambda-function-require-log-group", () => {
  const group = resource("aws:cloudwatch/logGroup:LogGroup", "/aws/lambda/upload", {
    name: "/aws/lambda/upload-1a2b3c",
    retentionInDays: 30,
  });
  const fn = resource("aws:lambda/function:Function", "upload", {
    loggingConfig: { logFormat: "JSON", logGroup: outputOf(group) },
  });
  const byName = spoiled(fn, { name: "upload-1a2b3c", loggingConfig: undefined });

  it("accepts a function with a log group of the program's", async () => {
    await assertAccepted(policy, [group, fn]);
    await assertAccepted(policy, [
      group,
      spoiled(fn, { loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/upload-1a2b3c" } }),
    ]);
  });

  it("accepts a log group that is named for the function", async () => {
    await assertAccepted(policy, [group, byName]);
    await assertAccepted(policy, [byName, spoiled(group, { name: outputOf(byName) })]);
  });

  it("accepts a log group of another stack, and a retention that is not known yet", async () => {
    await assertAccepted(policy, [spoiled(fn, { loggingConfig: { logGroup: "/shared/logs" } })]);
    await assertAccepted(policy, [spoiled(group, { retentionInDays: outputOf() }), fn]);
  });

  it("refuses a function without a log group, or with another one's", async () => {
    const problem = 'aws.lambda.Function "upload" has no log group in the program';
    await assertRefused(policy, [byName], problem);
    await assertRefused(policy, [spoiled(byName, { name: "import-1a2b3c" }), group], problem);
  });

  it("leaves open whether a group is that of a function whose name is not known yet", async () => {
    await assertUnjudged(
      policy,
      [spoiled(byName, { name: outputOf() }), group],
      'aws.lambda.Function "upload" (name)',
    );
  });

  for (const retentionInDays of [undefined, 0]) {
    it(`refuses a log group with the retention ${retentionInDays ?? "missing"}`, async () => {
      await assertRefused(
        policy,
        [spoiled(group, { retentionInDays }), fn],
        'aws.lambda.Function "upload" has a log group without retention',
      );
    });
  }
});
