import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput as parse } from "../parse-input";
import { tagList } from "../tag-list";
import type { Bus } from "./buses";
import type { OperationContext } from "./operation-context";
import { parseObject } from "./parse-object";
import { putEventsInput } from "./put-events";
import { defaultBus, readPattern, type Rule } from "./rule";
import { ruleOperations } from "./rule-operations";
import { taggedResource } from "./tags";

/** How a rule of faults names one event of a request. */
export const entryOperation = "PutEventsEntry";

const bus = { EventBusName: z.string().default(defaultBus) };
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const paging = { Limit: z.int().min(1).max(100).default(100), NextToken: z.string().optional() };

const busInput = z.object({ Name: z.string().default(defaultBus) });
const busesInput = z.object({ ...paging, NamePrefix: z.string().default("") });
const rulesInput = z.object({ ...bus, ...paging, NamePrefix: z.string().default("") });
const ruleInput = z.object({ ...bus, Name: z.string() });
const targetsInput = z.object({ ...bus, ...paging, Rule: z.string() });
const byTargetInput = z.object({ ...bus, ...paging, TargetArn: z.string() });
const tagsInput = z.object({ ResourceARN: z.string() });
const testInput = z.object({ EventPattern: z.string(), Event: z.string() });

/**
 * The documentation has `resources` among them, without which EventBridge takes events, too.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
 */
const eventFields = ["id", "account", "source", "time", "region", "detail-type"];

/** Buses are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  ...ruleOperations,
  PutEvents: async (input, { caller, events, faults }) => {
    const { Entries } = parse(putEventsInput, input);
    for (const name of new Set(Entries.map(({ EventBusName }) => EventBusName ?? defaultBus))) {
      requireOn(name, "events:PutEvents", caller, events);
    }
    const isRefused = () => faults?.decide("events", entryOperation) !== undefined;
    const results = await events.putEvents(Entries, isRefused);
    const FailedEntryCount = results.filter((result) => "ErrorCode" in result).length;
    return { FailedEntryCount, Entries: results };
  },
  TestEventPattern: (input, { caller }) => {
    const { EventPattern, Event } = parse(testInput, input);
    caller.require("events:TestEventPattern", "*");
    return { Result: readPattern(EventPattern)(testedEvent(Event)) };
  },
  ListEventBuses: (input, { caller, events }) => {
    const { NamePrefix, Limit, NextToken } = parse(busesInput, input);
    caller.require("events:ListEventBuses", "*");
    const buses = events.buses
      .all()
      .filter(({ definition }) => definition.name.startsWith(NamePrefix));
    const page = pageOf(buses, NextToken, Limit, invalidToken);
    return { EventBuses: page.items.map(describedBus), NextToken: page.nextToken };
  },
  DescribeEventBus: (input, { caller, events }) => {
    const found = events.buses.bus(parse(busInput, input).Name);
    caller.require("events:DescribeEventBus", found.arn);
    return describedBus(found);
  },
  ListRules: (input, { caller, events }) => {
    const { EventBusName, NamePrefix, Limit, NextToken } = parse(rulesInput, input);
    caller.require("events:ListRules", "*");
    const rules = rulesOn(EventBusName, events).filter(({ definition }) =>
      definition.name.startsWith(NamePrefix),
    );
    const page = pageOf(rules, NextToken, Limit, invalidToken);
    return { Rules: page.items.map(described), NextToken: page.nextToken };
  },
  DescribeRule: (input, { account, caller, events }) => {
    const { EventBusName, Name } = parse(ruleInput, input);
    const rule = events.buses.rule(Name, EventBusName);
    caller.require("events:DescribeRule", rule.arn);
    return { ...described(rule), CreatedBy: account.accountId };
  },
  ListTargetsByRule: (input, { caller, events }) => {
    const { EventBusName, Rule: name, Limit, NextToken } = parse(targetsInput, input);
    const rule = events.buses.rule(name, EventBusName);
    caller.require("events:ListTargetsByRule", rule.arn);
    const page = pageOf([...rule.targets.values()], NextToken, Limit, invalidToken);
    const targets = page.items.map(({ id, arn, input: text, deadLetterArn }) => ({
      Id: id,
      Arn: arn,
      Input: text,
      DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
    }));
    return { Targets: targets, NextToken: page.nextToken };
  },
  ListTagsForResource: (input, { caller, events }) => {
    const { arn, tags } = taggedResource(parse(tagsInput, input).ResourceARN, events.buses);
    caller.require("events:ListTagsForResource", arn);
    return { Tags: tagList(tags()) };
  },
  ListRuleNamesByTarget: (input, { caller, events }) => {
    const { EventBusName, TargetArn, Limit, NextToken } = parse(byTargetInput, input);
    caller.require("events:ListRuleNamesByTarget", "*");
    const names = rulesOn(EventBusName, events)
      .filter(({ targets }) => [...targets.values()].some(({ arn }) => arn === TargetArn))
      .map(({ definition }) => definition.name);
    const page = pageOf(names, NextToken, Limit, invalidToken);
    return { RuleNames: page.items, NextToken: page.nextToken };
  },
};

/** @throws AwsError `ValidationException` for a text that is no event of EventBridge. */
function testedEvent(text: string): unknown {
  const event = parseObject(text);
  if (!event || eventFields.some((field) => !Object.hasOwn(event, field))) {
    throw new AwsError("ValidationException", "Parameter Event is not valid.");
  }
  return event;
}

/** A bus that does not exist is told to those alone who might use it. */
function requireOn(
  reference: string,
  action: string,
  caller: Caller,
  { buses }: OperationContext["events"],
): void {
  const found = buses.find(reference);
  caller.require(action, buses.arnOf(reference), found?.policy && { resourcePolicy: found.policy });
}

function rulesOn(busName: string, { buses }: OperationContext["events"]): Rule[] {
  const { rules } = buses.bus(busName);
  return [...rules.values()].sort((one, other) =>
    one.definition.name < other.definition.name ? -1 : 1,
  );
}

function describedBus({ arn, definition, createdAt, policy }: Bus): Structure {
  return {
    Name: definition.name,
    Arn: arn,
    Description: definition.description,
    Policy: policy && JSON.stringify(policy),
    CreationTime: createdAt,
    LastModifiedTime: createdAt,
  };
}

function described({ definition, arn }: Rule): Structure {
  const { name, bus: busName, scheduleExpression, eventPattern, enabled, description } = definition;
  return {
    Name: name,
    Arn: arn,
    EventPattern: eventPattern,
    ScheduleExpression: scheduleExpression,
    State: enabled ? "ENABLED" : "DISABLED",
    Description: description,
    EventBusName: busName,
  };
}

function invalidToken(): AwsError {
  return new AwsError("ValidationException", "Parameter NextToken is not valid.");
}
