import assert from "node:assert/strict";
import { budgetsResources } from "../../provider/budgets";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };
const type = "aws:budgets/budget:Budget";
const inputs = {
  budgetType: "COST",
  timeUnit: "MONTHLY",
  limitAmount: "20",
  limitUnit: "USD",
  tags: { Team: "one" },
};

describe("budgetsResources", () => {
  let lines: string[];

  beforeEach(() => {
    lines = [];
  });

  const create = (properties: Properties): Promise<ResourceState> =>
    createPlanned(
      budgetsResources(account, (line) => lines.push(line)),
      {
        type,
        name: "budget",
        urn: "urn",
        inputs: properties,
        projectDir: "",
        physicalName: () => "budget-1234567",
        stableId: (purpose) => assert.fail(purpose),
      },
    );

  it("keeps budgets with the outputs of AWS, and says that they never mail", async () => {
    const { id, outputs } = await create(inputs);
    assert.equal(id, "123456789012:budget-1234567");
    assert.deepEqual(outputs, {
      ...inputs,
      name: "budget-1234567",
      namePrefix: "",
      accountId: "123456789012",
      arn: "arn:aws:budgets::123456789012:budget/budget-1234567",
      timePeriodEnd: "2087-06-15_00:00",
      tagsAll: { Team: "one" },
    });
    assert.deepEqual(lines, [
      "budget budget-1234567 is recorded, and never mails: a local run costs nothing",
    ]);
  });

  it("refuses budgets that AWS refuses", async () => {
    await assert.rejects(create({ ...inputs, limitAmount: "0" }), {
      code: "InvalidParameterException",
      message: 'Invalid budget: a budget\'s limit is a number above 0, not "0".',
    });
    assert.deepEqual(lines, []);
  });

  for (const input of ["filterExpression", "autoAdjustData", "plannedLimits"]) {
    it(`refuses ${input}, which nobody checks here`, async () => {
      await assert.rejects(create({ ...inputs, [input]: [{}] }), {
        name: "NotEmulated",
        message: `budget: the local cloud does not emulate ${input}`,
      });
    });
  }
});
