import type { GuardDuty } from "../aws/guardduty/guardduty";
import { checkPlan, type PlanDefinition } from "../aws/guardduty/plan";
import type { Account } from "../aws/types";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface PlanInputs {
  actions?: { taggings?: { status?: string }[] }[];
  protectedResource: { s3Bucket: { bucketName: string; objectPrefixes?: string[] } };
  role: string;
  tags?: Record<string, string>;
}

/** The resource types of GuardDuty. */
export function guarddutyResources(guardduty: GuardDuty, account: Account): ResourceTypes {
  return {
    "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan": (request) =>
      planMalwareProtection(guardduty, account, request),
  };
}

function planMalwareProtection(
  guardduty: GuardDuty,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as unknown as PlanInputs;
  const { bucketName, objectPrefixes = [] } = inputs.protectedResource.s3Bucket;
  const taggings = (inputs.actions ?? []).flatMap((action) => action.taggings ?? []);
  const known = (request.existing?.outputs ?? {}) as { createdAt?: string };
  const definition: PlanDefinition = {
    id: request.stableId("plan", 32, "0123456789abcdef"),
    roleArn: inputs.role,
    bucket: bucketName,
    prefixes: objectPrefixes,
    tagsObjects: taggings.some(({ status }) => status === "ENABLED"),
    createdAt: new Date(known.createdAt ?? new Date()),
    tags: inputs.tags ?? {},
  };
  checkPlan(definition);
  return {
    id: definition.id,
    outputs: {
      ...request.inputs,
      arn: guardduty.arn(definition.id),
      createdAt: definition.createdAt.toISOString(),
      region: account.region,
      status: "ACTIVE",
      tagsAll: definition.tags,
    },
    create: () => guardduty.createPlan(definition),
    remove: () => {
      guardduty.deletePlan(definition.id);
    },
    restore: () => {
      guardduty.restorePlan(definition);
    },
  };
}
