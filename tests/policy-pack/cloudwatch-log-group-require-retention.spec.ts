import { cloudwatchLogGroupRequireRetention as policy } from "../../policy-pack/policies/cloudwatch-log-group-require-retention";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudwatch-log-group-require-retention", () => {
  const checked = resource("aws:cloudwatch/logGroup:LogGroup", "api", { retentionInDays: 30 });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { retentionInDays: outputOf() }),
      spoiled(checked, { retentionInDays: undefined, logGroupClass: "DELIVERY" }),
    ]);
  });

  for (const change of [{ retentionInDays: undefined }, { retentionInDays: 0 }]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.cloudwatch.LogGroup "api" keeps logs for ever',
      );
    });
  }

  it("refuses less than a team asks for", async () => {
    await assertRefused(policy, [checked], 'aws.cloudwatch.LogGroup "api" keeps logs for 30 days', {
      settings: { minimumDays: 90 },
    });
  });
});
