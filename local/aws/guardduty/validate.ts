import { regionalArn } from "../arn";
import type { Authorizer, Principal } from "../iam/types";
import { elements, parseXml, renderXml } from "../s3/xml";
import type { Account } from "../types";
import type { PlanDefinition } from "./plan";
import { type Objects, textIn } from "./scanned-object";
import type { StatusReason } from "./status-reasons";

/** What a plan is tried out with. */
export interface ValidationDeps {
  account: Account;
  authorizer: Authorizer;
  objects: Objects;
}

/** That the bucket does not tell of its objects. */
const deliveryDisabled = "EVENTBRIDGE_MANAGED_EVENTS_DELIVERY_DISABLED";

/** Written to try out whether the role may write. */
const validationObject = "malware-protection-resource-validation-object";

/** The rule that GuardDuty has itself told of objects by. */
const rule = "DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3-0123456789abcdef";
const managedBy = "malware-protection-plan.guardduty.amazonaws.com";
const ruleActions = ["PutRule", "PutTargets", "DescribeRule", "ListTargetsByRule"];

/**
 * Does by the plan's role what GuardDuty does when a plan is made: it has the bucket send events to EventBridge, where
 * it does not yet, makes its own rule, and writes an object.
 *
 * @returns what the role lacks, as GuardDuty says of a plan with a warning.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-bucket-status-gdu.html
 */
export async function validate(
  plan: PlanDefinition,
  principal: Principal,
  deps: ValidationDeps,
): Promise<StatusReason[]> {
  return [
    ...(await haveEventsSent(plan, principal, deps)),
    ...ownRuleProblems(principal, deps),
    ...(await writeProblems(plan, principal, deps)),
  ];
}

async function haveEventsSent(
  { bucket }: PlanDefinition,
  principal: Principal,
  { objects }: ValidationDeps,
): Promise<StatusReason[]> {
  const request = { principal, bucket, key: "", headers: {} };
  const query = new URLSearchParams({ notification: "" });
  const read = await objects.handle({ ...request, method: "GET", query });
  const document = await textIn(read);
  if (read.status !== 200) {
    return [{ code: deliveryDisabled, message: document }];
  }
  const configuration = parseXml(document, "NotificationConfiguration");
  if ("EventBridgeConfiguration" in configuration) {
    return [];
  }
  const functions = elements(configuration, "CloudFunctionConfiguration");
  const body = Buffer.from(
    renderXml("NotificationConfiguration", {
      CloudFunctionConfiguration: functions,
      EventBridgeConfiguration: "",
    }),
  );
  const written = await objects.handle({ ...request, method: "PUT", query, body });
  const answer = await textIn(written);
  return written.status === 200 ? [] : [{ code: deliveryDisabled, message: answer }];
}

function ownRuleProblems(
  principal: Principal,
  { account, authorizer }: ValidationDeps,
): StatusReason[] {
  const resource = regionalArn(account, "events", `rule/${rule}`);
  const context = { "events:ManagedBy": managedBy };
  const refused = ruleActions.filter(
    (name) =>
      !authorizer.authorize({ principal, action: `events:${name}`, resource, context }).allowed,
  );
  const actions = refused.map((name) => `events:${name}`).join(", ");
  return refused.length === 0 ? [] : [{ message: `the role lacks ${actions} on ${resource}` }];
}

async function writeProblems(
  { bucket }: PlanDefinition,
  principal: Principal,
  { objects }: ValidationDeps,
): Promise<StatusReason[]> {
  const written = await objects.handle({
    principal,
    method: "PUT",
    bucket,
    key: validationObject,
    headers: {},
  });
  const answer = await textIn(written);
  return written.status === 200
    ? []
    : [{ code: "INSUFFICIENT_TEST_OBJECT_PERMISSIONS", message: answer }];
}
