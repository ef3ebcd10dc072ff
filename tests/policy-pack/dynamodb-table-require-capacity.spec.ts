import { dynamodbTableRequireCapacity as policy } from "../../policy-pack/policies/dynamodb-table-require-capacity";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("dynamodb-table-require-capacity", () => {
  const table = resource("aws:dynamodb/table:Table", "records", {
    billingMode: "PROVISIONED",
    readCapacity: 5,
    writeCapacity: 5,
  });
  const label = 'aws.dynamodb.Table "records" has less than 5';

  it("accepts enough capacity, known or not, and tables that are paid by request", async () => {
    await assertAccepted(policy, [
      table,
      spoiled(table, { billingMode: undefined }),
      spoiled(table, { readCapacity: outputOf(), writeCapacity: outputOf() }),
      spoiled(table, { billingMode: outputOf(), readCapacity: 1 }),
      resource("aws:dynamodb/table:Table", "records", { billingMode: "PAY_PER_REQUEST" }),
    ]);
  });

  for (const kind of ["read", "write"]) {
    for (const capacity of [undefined, 4]) {
      it(`refuses the ${kind} capacity ${capacity ?? "missing"}`, async () => {
        await assertRefused(
          policy,
          [spoiled(table, { [`${kind}Capacity`]: capacity })],
          `${label} ${kind} capacity units`,
        );
      });
    }
  }

  it("refuses an index with less", async () => {
    const globalSecondaryIndexes = [{ name: "byUser", readCapacity: 1, writeCapacity: 5 }];
    await assertRefused(
      policy,
      [spoiled(table, { globalSecondaryIndexes })],
      `${label} read capacity units in the index byUser`,
    );
  });

  it("takes the minimum that a team sets", async () => {
    await assertAccepted(policy, [spoiled(table, { readCapacity: 1, writeCapacity: 1 })], {
      settings: { minimumRead: 1, minimumWrite: 1 },
    });
  });
});
