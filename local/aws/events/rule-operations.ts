import { z } from "zod";
import type { Operation } from "../api/rpc-api";
import { notEmulated } from "../not-emulated";
import { parseStrictInput } from "../parse-input";
import type { OperationContext } from "./operation-context";
import { defaultBus, invalidArn, type Rule, type TargetDefinition } from "./rule";

const bus = z.string().default(defaultBus);
const ruleInput = z.strictObject({
  Name: z.string(),
  EventBusName: bus,
  ScheduleExpression: z.string().optional(),
  EventPattern: z.string().optional(),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Description: z.string().max(512).optional(),
});
const nameInput = z.strictObject({ Name: z.string(), EventBusName: bus });
const deletedInput = z.strictObject({ ...nameInput.shape, Force: z.boolean().optional() });
const targetInput = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  Input: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
});
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const targetsInput = z.strictObject({
  Rule: z.string(),
  EventBusName: bus,
  Targets: z.array(targetInput).min(1).max(100),
});
const removedInput = z.strictObject({
  Rule: z.string(),
  EventBusName: bus,
  Ids: z.array(z.string()).min(1).max(100),
  Force: z.boolean().optional(),
});

/** What EventBridge answers where nothing has failed. */
const noneFailed = { FailedEntryCount: 0, FailedEntries: [] };

/**
 * What makes and changes rules. One that is made here is there again at the next start; a program's is, as the
 * program says.
 */
export const ruleOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  PutRule: (input, context) => {
    const { Name, EventBusName, EventPattern, ScheduleExpression, State, Description } = parse(
      ruleInput,
      input,
    );
    const place = placeOf(Name, EventBusName, "events:PutRule", context);
    const isOwn = isKept(place, context) || !place.rule;
    const tags = place.rule?.definition.tags;
    context.events.putRule({
      ...(tags && { tags }),
      name: Name,
      bus: place.bus,
      enabled: State === "ENABLED",
      ...(EventPattern !== undefined && { eventPattern: EventPattern }),
      ...(ScheduleExpression !== undefined && { scheduleExpression: ScheduleExpression }),
      ...(Description !== undefined && { description: Description }),
    });
    keep(place, isOwn, context);
    return { RuleArn: place.arn };
  },
  EnableRule: (input, context) => setEnabled(true, "events:EnableRule", input, context),
  DisableRule: (input, context) => setEnabled(false, "events:DisableRule", input, context),
  DeleteRule: (input, context) => {
    const { Name, EventBusName } = parse(deletedInput, input);
    const place = placeOf(Name, EventBusName, "events:DeleteRule", context);
    context.events.deleteRule(Name, place.bus);
    return {};
  },
  PutTargets: (input, context) => {
    const { Rule: name, EventBusName, Targets } = parse(targetsInput, input);
    const targets = Targets.map(targetOf);
    const place = placeOf(name, EventBusName, "events:PutTargets", context);
    for (const target of targets) {
      context.events.putTarget(name, target, place.bus);
    }
    keep(place, isKept(place, context), context);
    return noneFailed;
  },
  RemoveTargets: (input, context) => {
    const { Rule: name, EventBusName, Ids } = parse(removedInput, input);
    const place = placeOf(name, EventBusName, "events:RemoveTargets", context);
    context.events.buses.rule(name, place.bus);
    for (const id of Ids) {
      context.events.removeTarget(name, id, place.bus);
    }
    keep(place, isKept(place, context), context);
    return noneFailed;
  },
};

/** Where a rule is, or is to be. */
interface Place {
  /** The name of the bus, which may have been given by its ARN. */
  bus: string;
  name: string;
  arn: string;
  /** As it was before. */
  rule: Rule | undefined;
}

function placeOf(
  name: string,
  busReference: string,
  action: string,
  { caller, events: { buses } }: OperationContext,
): Place {
  const { rules, definition } = buses.bus(busReference);
  const arn = buses.ruleArn(name, definition.name);
  caller.require(action, arn);
  return { bus: definition.name, name, arn, rule: rules.get(name) };
}

function isKept({ bus: busName, name }: Place, { events }: OperationContext): boolean {
  return events.kept.has(busName, name);
}

function keep({ bus: busName, name }: Place, isOwn: boolean, { events }: OperationContext): void {
  if (isOwn) {
    events.kept.keep(events.buses.rule(name, busName));
  }
}

function setEnabled(enabled: boolean, action: string, input: unknown, context: OperationContext) {
  const { Name, EventBusName } = parse(nameInput, input);
  const place = placeOf(Name, EventBusName, action, context);
  const { definition } = context.events.buses.rule(Name, place.bus);
  context.events.putRule({ ...definition, enabled });
  keep(place, isKept(place, context), context);
  return {};
}

function targetOf({ Id, Arn, Input, DeadLetterConfig }: z.infer<typeof targetInput>) {
  const [arn, , service = "", , , ...resource] = Arn.split(":");
  if (arn !== "arn" || resource.length === 0) {
    throw invalidArn(Arn);
  }
  if (!["lambda", "sqs"].includes(service)) {
    throw notEmulated(`targets of rules other than functions and queues, such as ${Arn}`);
  }
  const target: TargetDefinition = {
    id: Id,
    arn: Arn,
    input: Input,
    deadLetterArn: DeadLetterConfig?.Arn,
  };
  return target;
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseStrictInput(schema, input, "rules of EventBridge");
}
