import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput as parse } from "../parse-input";
import type { Account } from "../types";
import type { Events } from "./events";
import type { Rule } from "./rule";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  events: Pick<Events, "rule" | "rules">;
}

const defaultBus = "default";
const bus = { EventBusName: z.string().default(defaultBus) };
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const paging = { Limit: z.int().min(1).max(100).default(100), NextToken: z.string().optional() };

const rulesInput = z.object({ ...bus, ...paging, NamePrefix: z.string().default("") });
const ruleInput = z.object({ ...bus, Name: z.string() });
const targetsInput = z.object({ ...bus, ...paging, Rule: z.string() });
const byTargetInput = z.object({ ...bus, ...paging, TargetArn: z.string() });

/** Rules and their targets are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  ListRules: (input, { caller, events }) => {
    const { EventBusName, NamePrefix, Limit, NextToken } = parse(rulesInput, input);
    caller.require("events:ListRules", "*");
    requireDefault(EventBusName);
    const rules = events
      .rules()
      .filter(({ definition }) => definition.name.startsWith(NamePrefix))
      .sort(byName);
    const page = pageOf(rules, NextToken, Limit, invalidToken);
    return { Rules: page.items.map(described), NextToken: page.nextToken };
  },
  DescribeRule: (input, { account, caller, events }) => {
    const { EventBusName, Name } = parse(ruleInput, input);
    requireDefault(EventBusName);
    const rule = events.rule(Name);
    caller.require("events:DescribeRule", rule.arn);
    return { ...described(rule), CreatedBy: account.accountId };
  },
  ListTargetsByRule: (input, { caller, events }) => {
    const { EventBusName, Rule: name, Limit, NextToken } = parse(targetsInput, input);
    requireDefault(EventBusName);
    const rule = events.rule(name);
    caller.require("events:ListTargetsByRule", rule.arn);
    const page = pageOf([...rule.targets.values()], NextToken, Limit, invalidToken);
    const targets = page.items.map(({ id, functionArn, input: text }) => ({
      Id: id,
      Arn: functionArn,
      Input: text,
    }));
    return { Targets: targets, NextToken: page.nextToken };
  },
  ListRuleNamesByTarget: (input, { caller, events }) => {
    const { EventBusName, TargetArn, Limit, NextToken } = parse(byTargetInput, input);
    caller.require("events:ListRuleNamesByTarget", "*");
    requireDefault(EventBusName);
    const names = events
      .rules()
      .filter(({ targets }) => [...targets.values()].some((each) => each.functionArn === TargetArn))
      .sort(byName)
      .map(({ definition }) => definition.name);
    const page = pageOf(names, NextToken, Limit, invalidToken);
    return { RuleNames: page.items, NextToken: page.nextToken };
  },
};

function described({ definition, arn }: Rule): Structure {
  const { name, scheduleExpression, enabled, description } = definition;
  return {
    Name: name,
    Arn: arn,
    ScheduleExpression: scheduleExpression,
    State: enabled ? "ENABLED" : "DISABLED",
    Description: description,
    EventBusName: defaultBus,
  };
}

function byName(one: Rule, other: Rule): number {
  return one.definition.name < other.definition.name ? -1 : 1;
}

/** There is one bus. A bus may also be named by its ARN. */
function requireDefault(bus: string): void {
  if (bus.split("/").at(-1) !== defaultBus) {
    throw new AwsError("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
  }
}

function invalidToken(): AwsError {
  return new AwsError("ValidationException", "Parameter NextToken is not valid.");
}
