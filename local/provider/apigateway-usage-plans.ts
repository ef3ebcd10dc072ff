import { gatewayArn } from "../aws/apigateway/gateway-arn";
import type { QuotaSettings } from "../aws/apigateway/quota";
import type { ThrottleLimit } from "../aws/apigateway/token-buckets";
import type { UsagePlanStage } from "../aws/apigateway/usage-plans";
import { lowerCaseAlphanumeric } from "./apigateway-context";
import type { Context } from "./apigateway-context";
import type { PlannedResource, ResourceRequest } from "./resource";

interface ApiKeyInputs {
  value?: string;
  enabled?: boolean;
  description?: string;
  tags?: Record<string, string>;
}

interface UsagePlanInputs {
  apiStages?: UsagePlanStage[];
  quotaSettings?: QuotaSettings;
  throttleSettings?: ThrottleLimit;
  tags?: Record<string, string>;
}

interface UsagePlanKeyInputs {
  keyId: string;
  usagePlanId: string;
}

const alphanumeric = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${lowerCaseAlphanumeric}`;

export function planApiKey(
  { gateway, account, keys }: Context,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as ApiKeyInputs;
  const id = request.stableId("id", 10, lowerCaseAlphanumeric);
  const name = request.physicalName();
  const { value = request.stableId("value", 40, alphanumeric), enabled = true } = inputs;
  keys.set(id, { name, value });
  const now = new Date().toISOString();
  return {
    id,
    outputs: {
      name,
      value,
      enabled,
      arn: gatewayArn(account, `apikeys/${id}`),
      description: inputs.description ?? "Managed by Pulumi",
      createdDate: now,
      lastUpdatedDate: now,
      tagsAll: inputs.tags ?? {},
    },
    secretOutputs: ["value"],
    create: () => {
      gateway.createApiKey({ id, name, value, enabled });
    },
    update: () => {
      gateway.updateApiKey({ id, name, value, enabled });
    },
    remove: () => {
      gateway.deleteApiKey(id);
    },
  };
}

export function planUsagePlan(
  { gateway, account }: Context,
  request: ResourceRequest,
): PlannedResource {
  const { apiStages, quotaSettings, throttleSettings, tags } = request.inputs as UsagePlanInputs;
  const id = request.stableId("id", 6, lowerCaseAlphanumeric);
  const name = request.physicalName();
  const plan = {
    id,
    name,
    ...(apiStages && { apiStages }),
    ...(quotaSettings && { quotaSettings }),
    ...(throttleSettings && { throttleSettings }),
  };
  return {
    id,
    outputs: { name, arn: gatewayArn(account, `usageplans/${id}`), tagsAll: tags ?? {} },
    create: () => {
      gateway.createUsagePlan(plan);
    },
    update: () => {
      gateway.updateUsagePlan(plan);
    },
    remove: () => {
      gateway.deleteUsagePlan(id);
    },
  };
}

export function planUsagePlanKey(
  { gateway, keys }: Context,
  request: ResourceRequest,
): PlannedResource {
  const { keyId, usagePlanId } = request.inputs as unknown as UsagePlanKeyInputs;
  const key = keys.get(keyId);
  if (!key) {
    throw new Error(`${request.name}: the program has no API key ${keyId}`);
  }
  return {
    id: keyId,
    outputs: { ...key },
    secretOutputs: ["value"],
    create: () => {
      gateway.createUsagePlanKey({ keyId, usagePlanId });
    },
    remove: () => {
      gateway.deleteUsagePlanKey({ keyId, usagePlanId });
    },
  };
}
