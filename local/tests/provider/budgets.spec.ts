import assert from "node:assert/strict";
import { Budgets } from "../../aws/budgets/budgets";
import { formatTime } from "../../aws/budgets/time-period";
import { budgetsResources } from "../../provider/budgets";
import type { Properties, ResourceRequest, ResourceState } from "../../provider/resource";
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
  let budgets: Budgets;

  beforeEach(() => {
    lines = [];
    budgets = new Budgets();
  });

  const create = (
    properties: Properties,
    existing?: ResourceRequest["existing"],
  ): Promise<ResourceState> =>
    createPlanned(
      budgetsResources(budgets, account, (line) => lines.push(line)),
      {
        type,
        name: "budget",
        urn: "urn",
        inputs: properties,
        projectDir: "",
        physicalName: () => "budget-1234567",
        stableId: (purpose) => assert.fail(purpose),
        ...(existing && { existing }),
      },
    );

  it("keeps budgets with the outputs of AWS, and says that they never mail", async () => {
    const { id, outputs } = await create({ ...inputs, timePeriodStart: "2026-01-31_12:00" });
    assert.equal(id, "123456789012:budget-1234567");
    assert.deepEqual(outputs, {
      ...inputs,
      name: "budget-1234567",
      namePrefix: "",
      accountId: "123456789012",
      arn: "arn:aws:budgets::123456789012:budget/budget-1234567",
      timePeriodStart: "2026-01-31_12:00",
      timePeriodEnd: "2087-06-15_00:00",
      tagsAll: { Team: "one" },
    });
    assert.deepEqual(lines, [
      "budget budget-1234567 is recorded, and never mails: a local run costs nothing",
    ]);
  });

  it("begins a budget with the period in which it is made, and keeps that", async () => {
    const { outputs } = await create(inputs);
    const now = new Date();
    const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
    assert.equal(outputs.timePeriodStart, formatTime(start));
    assert.deepEqual(budgets.get("budget-1234567").startsAt, start);
    const before = { timePeriodStart: "2020-01-01_00:00" };
    const { outputs: kept } = await create(inputs, { id: "x", outputs: before });
    assert.partialDeepStrictEqual(kept, before);
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
