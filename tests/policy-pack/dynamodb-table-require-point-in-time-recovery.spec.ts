import { dynamodbTableRequirePointInTimeRecovery as policy } from "../../policy-pack/policies/dynamodb-table-require-point-in-time-recovery";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("dynamodb-table-require-point-in-time-recovery", () => {
  const checked = resource("aws:dynamodb/table:Table", "records", {
    pointInTimeRecovery: { enabled: true },
  });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { pointInTimeRecovery: outputOf() }),
      spoiled(checked, { pointInTimeRecovery: { enabled: outputOf() } }),
    ]);
  });

  for (const change of [
    { pointInTimeRecovery: undefined },
    { pointInTimeRecovery: { enabled: false } },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.dynamodb.Table "records" has no point-in-time recovery',
      );
    });
  }
});
