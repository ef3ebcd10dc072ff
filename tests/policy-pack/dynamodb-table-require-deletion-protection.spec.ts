import { dynamodbTableRequireDeletionProtection as policy } from "../../policy-pack/policies/dynamodb-table-require-deletion-protection";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("dynamodb-table-require-deletion-protection", () => {
  const checked = resource("aws:dynamodb/table:Table", "records", {
    deletionProtectionEnabled: true,
  });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { deletionProtectionEnabled: outputOf() }),
    ]);
  });

  for (const change of [
    { deletionProtectionEnabled: undefined },
    { deletionProtectionEnabled: false },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.dynamodb.Table "records" can be deleted',
      );
    });
  }

  it("lets stacks that are not production delete their tables", async () => {
    const open = spoiled(checked, { deletionProtectionEnabled: false });
    await assertAccepted(policy, [open], { stack: "dev" });
    await assertAccepted(policy, [open], { settings: { productionStacks: ["live"] } });
  });
});
