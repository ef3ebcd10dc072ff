import { regionalArn } from "../aws/arn";
import type { Events } from "../aws/events/events";
import { readSchedule } from "../aws/events/schedule-expression";
import type { Account } from "../aws/types";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface RuleInputs {
  description?: string;
  scheduleExpression?: string;
  state?: string;
  tags?: Record<string, string>;
}

interface TargetInputs {
  rule: string;
  arn: string;
  targetId?: string;
  input?: string;
}

/** Inputs without which a rule would do something else than in AWS. */
const ruleInputsNotEmulated = ["eventPattern", "isEnabled", "roleArn"];

const targetInputsNotEmulated = [
  "appsyncTarget",
  "batchTarget",
  "deadLetterConfig",
  "ecsTarget",
  "httpTarget",
  "inputPath",
  "inputTransformer",
  "kinesisTarget",
  "redshiftTarget",
  "retryPolicy",
  "roleArn",
  "runCommandTargets",
  "sagemakerPipelineTarget",
  "sqsTarget",
];

/** The resource types of EventBridge: scheduled rules, and functions as their targets. */
export function eventsResources(events: Events, account: Account): ResourceTypes {
  return {
    "aws:cloudwatch/eventRule:EventRule": (request) => planRule(events, account, request),
    "aws:cloudwatch/eventTarget:EventTarget": (request) => planTarget(events, account, request),
  };
}

function planRule(events: Events, account: Account, request: ResourceRequest): PlannedResource {
  refuse(request, ruleInputsNotEmulated);
  const {
    description,
    scheduleExpression,
    state = "ENABLED",
    tags = {},
  } = request.inputs as RuleInputs;
  if (scheduleExpression === undefined) {
    throw new NotEmulated(request, "rules without a scheduleExpression");
  }
  readSchedule(scheduleExpression);
  const name = ruleName(request);
  return {
    id: name,
    outputs: {
      eventBusName: "default",
      forceDestroy: false,
      ...request.inputs,
      state,
      name,
      arn: regionalArn(account, "events", `rule/${name}`),
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      const enabled = state !== "DISABLED";
      events.putRule({ name, scheduleExpression, enabled, ...(description && { description }) });
    },
    remove: () => {
      events.deleteRule(name);
    },
  };
}

function ruleName(request: ResourceRequest): string {
  const { name, namePrefix } = request.inputs;
  return typeof namePrefix === "string" && name === undefined
    ? namePrefix + request.stableId("rule", 26, "0123456789")
    : request.physicalName();
}

function planTarget(events: Events, account: Account, request: ResourceRequest): PlannedResource {
  refuse(request, targetInputsNotEmulated);
  const { rule, arn, input, ...inputs } = request.inputs as unknown as TargetInputs;
  if (!arn.startsWith(`arn:${account.partition}:lambda:`)) {
    throw new NotEmulated(request, `targets other than functions, such as ${arn}`);
  }
  const targetId = inputs.targetId ?? `terraform-${request.stableId("target", 26, "0123456789")}`;
  const target = { id: targetId, functionArn: arn, ...(input !== undefined && { input }) };
  return {
    id: `${rule}-${targetId}`,
    outputs: {
      eventBusName: "default",
      forceDestroy: false,
      ...request.inputs,
      targetId,
      region: account.region,
    },
    create: () => {
      events.putTarget(rule, target);
    },
    remove: () => {
      events.removeTarget(rule, targetId);
    },
  };
}

/** @throws Error for inputs that are not emulated, and any bus but the default one. */
function refuse(request: ResourceRequest, notEmulated: readonly string[]): void {
  const onDefaultBus = request.inputs.eventBusName === "default";
  refuseInputs(request, onDefaultBus ? notEmulated : [...notEmulated, "eventBusName"]);
}
