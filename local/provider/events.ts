import { regionalArn, serviceOf } from "../aws/arn";
import type { Events } from "../aws/events/events";
import { defaultBus, readPattern, type RuleDefinition } from "../aws/events/rule";
import { readSchedule } from "../aws/events/schedule-expression";
import { parseResourcePolicy } from "../aws/iam/resource-policy";
import type { Account } from "../aws/types";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface BusInputs {
  description?: string;
  tags?: Record<string, string>;
}

interface RuleInputs {
  description?: string;
  eventBusName?: string;
  eventPattern?: string;
  scheduleExpression?: string;
  state?: string;
  tags?: Record<string, string>;
}

interface TargetInputs {
  rule: string;
  arn: string;
  deadLetterConfig?: { arn?: string };
  eventBusName?: string;
  targetId?: string;
  input?: string;
}

/** Inputs without which a bus would be something else than in AWS. */
const busInputsNotEmulated = [
  "deadLetterConfig",
  "eventSourceName",
  "kmsKeyIdentifier",
  "logConfig",
];

/** Inputs without which a rule would do something else than in AWS. */
const ruleInputsNotEmulated = ["isEnabled", "roleArn"];

const targetInputsNotEmulated = [
  "appsyncTarget",
  "batchTarget",
  "ecsTarget",
  "httpTarget",
  "inputPath",
  "inputTransformer",
  "kinesisTarget",
  "redshiftTarget",
  "roleArn",
  "runCommandTargets",
  "sagemakerPipelineTarget",
  "sqsTarget",
];

/** The resource types of EventBridge: buses, rules, and functions and queues as their targets. */
export function eventsResources(events: Events, account: Account): ResourceTypes {
  return {
    "aws:cloudwatch/eventBus:EventBus": (request) => planBus(events, account, request),
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": (request) =>
      planBusPolicy(events, account, request),
    "aws:cloudwatch/eventRule:EventRule": (request) => planRule(events, account, request),
    "aws:cloudwatch/eventTarget:EventTarget": (request) => planTarget(events, account, request),
  };
}

function planBus(events: Events, account: Account, request: ResourceRequest): PlannedResource {
  refuseInputs(request, busInputsNotEmulated);
  const { description, tags = {} } = request.inputs as BusInputs;
  const name = request.physicalName();
  const definition = { name, description, tags };
  return {
    id: name,
    outputs: {
      ...request.inputs,
      name,
      arn: regionalArn(account, "events", `event-bus/${name}`),
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      events.buses.create(definition);
    },
    update: () => {
      events.buses.update(definition);
    },
    remove: () => {
      events.buses.delete(name);
    },
  };
}

function planBusPolicy(
  events: Events,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const { eventBusName = defaultBus, policy } = request.inputs as {
    eventBusName?: string;
    policy: string;
  };
  const document = parseResourcePolicy(JSON.parse(policy));
  return {
    id: eventBusName,
    outputs: { ...request.inputs, eventBusName, region: account.region },
    create: () => {
      events.buses.bus(eventBusName).policy = document;
    },
    remove: () => {
      const found = events.buses.find(eventBusName);
      if (found) {
        found.policy = undefined;
      }
    },
  };
}

function planRule(events: Events, account: Account, request: ResourceRequest): PlannedResource {
  refuseInputs(request, ruleInputsNotEmulated);
  const inputs = request.inputs as RuleInputs;
  const { description, eventBusName = defaultBus, state = "ENABLED", tags = {} } = inputs;
  const { scheduleExpression, eventPattern } = inputs;
  if (scheduleExpression !== undefined) {
    readSchedule(scheduleExpression);
  }
  if (eventPattern !== undefined) {
    readPattern(eventPattern);
  }
  const name = ruleName(request);
  const bus = busNameIn(eventBusName);
  const onDefault = bus === defaultBus;
  const definition: RuleDefinition = {
    name,
    bus,
    enabled: state !== "DISABLED",
    ...(scheduleExpression && { scheduleExpression }),
    ...(eventPattern && { eventPattern }),
    ...(description && { description }),
    tags,
  };
  return {
    id: onDefault ? name : `${eventBusName}/${name}`,
    outputs: {
      eventBusName: defaultBus,
      forceDestroy: false,
      ...request.inputs,
      state,
      name,
      arn: regionalArn(account, "events", `rule/${onDefault ? name : `${bus}/${name}`}`),
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      events.putRule(definition);
    },
    remove: () => {
      events.deleteRule(name, bus);
    },
  };
}

function ruleName(request: ResourceRequest): string {
  const { name, namePrefix } = request.inputs;
  return typeof namePrefix === "string" && name === undefined
    ? namePrefix + request.stableId("rule", 26, "0123456789")
    : request.physicalName();
}

/** A bus may also be named by its ARN. */
function busNameIn(reference: string): string {
  return reference.split("/").at(-1) ?? reference;
}

function planTarget(events: Events, account: Account, request: ResourceRequest): PlannedResource {
  refuseInputs(request, targetInputsNotEmulated);
  const inputs = request.inputs as unknown as TargetInputs;
  const { rule, arn, input, deadLetterConfig, eventBusName = defaultBus } = inputs;
  if (!["lambda", "sqs"].includes(serviceOf(arn))) {
    throw new NotEmulated(request, `targets other than functions and queues, such as ${arn}`);
  }
  const targetId = inputs.targetId ?? `terraform-${request.stableId("target", 26, "0123456789")}`;
  const target = {
    id: targetId,
    arn,
    ...(input !== undefined && { input }),
    ...(deadLetterConfig?.arn !== undefined && { deadLetterArn: deadLetterConfig.arn }),
  };
  const bus = busNameIn(eventBusName);
  return {
    id: bus === defaultBus ? `${rule}-${targetId}` : `${eventBusName}-${rule}-${targetId}`,
    outputs: {
      eventBusName: defaultBus,
      forceDestroy: false,
      ...request.inputs,
      targetId,
      region: account.region,
    },
    create: () => {
      events.putTarget(rule, target, bus);
    },
    remove: () => {
      events.removeTarget(rule, targetId, bus);
    },
  };
}
