import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { RestOperation } from "../api/rest-api";
import { AwsError } from "../aws-error";
import type { GuardDuty } from "./guardduty";
import { badRequest, type PlanDefinition } from "./plan";
import type { StatusReason } from "./status-reasons";

/** What the operations of the API work with. */
export interface OperationContext {
  caller: Caller;
  guardDuty: Pick<GuardDuty, "arn" | "plan" | "plans" | "statusReasons">;
}

type View = RestOperation<OperationContext>;

/** The API lets nobody say how many. */
const plansOfPage = 50;

/** Plans are made by the program alone. */
export const routes: Readonly<Record<string, View>> = {
  "GET /malware-protection-plan": {
    name: "ListMalwareProtectionPlans",
    perform: ({ query }, { caller, guardDuty }) => {
      caller.require("guardduty:ListMalwareProtectionPlans", "*");
      const token = query.get("nextToken") ?? undefined;
      const invalid = () => badRequest("the nextToken is not one that was given");
      const { items, nextToken } = pageOf(guardDuty.plans(), token, plansOfPage, invalid);
      return {
        malwareProtectionPlans: items.map(({ id }) => ({ malwareProtectionPlanId: id })),
        nextToken,
      };
    },
  },
  "GET /malware-protection-plan/{id}": {
    name: "GetMalwareProtectionPlan",
    perform: ({ path: { id = "" } }, { caller, guardDuty }) => {
      const arn = guardDuty.arn(id);
      caller.require("guardduty:GetMalwareProtectionPlan", arn);
      return shown(existing(guardDuty.plan(id)), arn, guardDuty.statusReasons(id));
    },
  },
  "GET /tags/{arn+}": {
    name: "ListTagsForResource",
    perform: ({ path: { arn = "" } }, { caller, guardDuty }) => {
      caller.require("guardduty:ListTagsForResource", arn);
      const plan = guardDuty.plans().find(({ id }) => guardDuty.arn(id) === arn);
      return { tags: new Map(Object.entries(existing(plan).tags)) };
    },
  },
};

function existing(plan: PlanDefinition | undefined): PlanDefinition {
  if (!plan) {
    throw new AwsError(
      "ResourceNotFoundException",
      "The request was rejected because the requested resource was not found.",
      404,
    );
  }
  return plan;
}

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetMalwareProtectionPlan.html */
function shown(
  { roleArn, bucket, prefixes, tagsObjects, tags, createdAt }: PlanDefinition,
  arn: string,
  reasons: readonly StatusReason[],
): Structure {
  return {
    arn,
    role: roleArn,
    protectedResource: { s3Bucket: { bucketName: bucket, objectPrefixes: prefixes } },
    actions: { tagging: { status: tagsObjects ? "ENABLED" : "DISABLED" } },
    createdAt,
    status: reasons.length > 0 ? "WARNING" : "ACTIVE",
    statusReasons: reasons.map((reason) => ({ ...reason })),
    tags: new Map(Object.entries(tags)),
  };
}
