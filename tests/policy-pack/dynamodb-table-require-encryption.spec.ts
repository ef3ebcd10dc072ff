import { dynamodbTableRequireEncryption as policy } from "../../policy-pack/policies/dynamodb-table-require-encryption";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("dynamodb-table-require-encryption", () => {
  const table = resource("aws:dynamodb/table:Table", "records", {
    serverSideEncryption: { enabled: true },
  });
  const problem = 'aws.dynamodb.Table "records" is encrypted with a key that is not in the account';

  it("accepts a table that is encrypted with a KMS key", async () => {
    await assertAccepted(policy, [table]);
  });

  it("accepts what is not known yet", async () => {
    await assertAccepted(policy, [
      spoiled(table, { serverSideEncryption: outputOf() }),
      spoiled(table, { serverSideEncryption: { enabled: outputOf() } }),
    ]);
  });

  it("refuses a table without the setting", async () => {
    await assertRefused(policy, [spoiled(table, { serverSideEncryption: undefined })], problem);
  });

  it("refuses a table with the setting turned off", async () => {
    await assertRefused(
      policy,
      [spoiled(table, { serverSideEncryption: { enabled: false } })],
      problem,
    );
  });
});
