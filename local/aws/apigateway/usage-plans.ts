import { hash, timingSafeEqual } from "node:crypto";
import { badRequest, conflict, notFound } from "./errors";
import { randomId, randomKeyValue } from "./identifiers";
import { isValidQuota, type QuotaSettings } from "./quota";
import { normalizeMethodPath, type RestApi } from "./state";
import type { ThrottleLimit } from "./token-buckets";

/** A key that identifies a client to usage plans. */
export interface ApiKey {
  id: string;
  name: string;
  value: string;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** What CreateApiKey takes. */
export interface CreateApiKeyRequest {
  /** Given by callers that need the same id again at the next start. Default: a random one. */
  id?: string;
  name: string;
  /** At least 20 characters. Default: 40 random ones. */
  value?: string;
  /** Default true. */
  enabled?: boolean;
}

/** What CreateUsagePlan takes. */
export interface CreateUsagePlanRequest {
  /** As for a key: the quota's count hangs on it. */
  id?: string;
  name: string;
  apiStages?: readonly UsagePlanStage[];
  quotaSettings?: QuotaSettings;
  /** For all that a key does in the plan's stages. */
  throttleSettings?: ThrottleLimit;
}

/** A stage that a plan covers. */
export interface UsagePlanStage {
  apiId: string;
  stage: string;
  /** Limits of single methods, such as `/process/POST`, besides the plan's own. */
  throttles?: readonly (ThrottleLimit & { path: string })[];
}

/** A usage plan. */
export interface UsagePlan extends CreateUsagePlanRequest {
  id: string;
  /** Ids of its keys. */
  keys: Set<string>;
}

/** The account's API keys and usage plans. */
export class UsagePlans {
  readonly #keys = new Map<string, ApiKey>();
  readonly #plans = new Map<string, UsagePlan>();

  keys(): ApiKey[] {
    return [...this.#keys.values()];
  }

  all(): UsagePlan[] {
    return [...this.#plans.values()];
  }

  createApiKey(request: CreateApiKeyRequest, now: Date): ApiKey {
    const { id = randomId(), name, value = randomKeyValue(), enabled = true } = request;
    if (!/^[\w!-~]{20,128}$/.test(value)) {
      throw badRequest("API Key value should be at least 20 characters");
    }
    const taken = [...this.#keys.values()].some((key) => key.id === id || key.value === value);
    if (taken) {
      throw conflict("API Key already exists");
    }
    const key = { id, name, value, enabled, createdAt: now, updatedAt: now };
    this.#keys.set(id, key);
    return key;
  }

  updateApiKey(key: Omit<ApiKey, "createdAt" | "updatedAt">, now: Date): void {
    const known = this.#keys.get(key.id);
    if (!known) {
      throw notFound("Invalid API Key identifier specified");
    }
    this.#keys.set(key.id, { ...key, createdAt: known.createdAt, updatedAt: now });
  }

  deleteApiKey(id: string): void {
    this.#keys.delete(id);
    for (const { keys } of this.#plans.values()) {
      keys.delete(id);
    }
  }

  updateUsagePlan(
    request: CreateUsagePlanRequest & { id: string },
    apis: ReadonlyMap<string, RestApi>,
  ): void {
    const plan = this.#plans.get(request.id);
    if (!plan) {
      throw notFound("Invalid Usage Plan ID specified");
    }
    this.#plans.set(request.id, checkedPlan({ ...request, keys: plan.keys }, apis));
  }

  deleteUsagePlan(id: string): void {
    this.#plans.delete(id);
  }

  deleteUsagePlanKey(usagePlanId: string, keyId: string): void {
    this.#plans.get(usagePlanId)?.keys.delete(keyId);
  }

  /** @param apis the account's APIs, which the plan's stages must belong to. */
  createUsagePlan(request: CreateUsagePlanRequest, apis: ReadonlyMap<string, RestApi>): UsagePlan {
    const id = request.id ?? randomId(6);
    const plan = checkedPlan({ ...request, id, keys: new Set<string>() }, apis);
    if (this.#plans.has(plan.id)) {
      throw conflict(`Usage Plan ${plan.id} already exists`);
    }
    this.#plans.set(plan.id, plan);
    return plan;
  }

  createUsagePlanKey(usagePlanId: string, keyId: string): ApiKey {
    const plan = this.#plans.get(usagePlanId);
    const key = this.#keys.get(keyId);
    if (!plan) {
      throw notFound("Invalid Usage Plan ID specified");
    }
    if (!key) {
      throw notFound("Invalid API Key identifier specified");
    }
    if (plan.keys.has(keyId)) {
      throw conflict("API Key is already subscribed to the usage plan");
    }
    plan.keys.add(keyId);
    return key;
  }

  /** The enabled key with this value and the plan that lets it use the stage. */
  find(apiId: string, stage: string, value: string): { key: ApiKey; plan: UsagePlan } | undefined {
    const plans = [...this.#plans.values()].filter((plan) =>
      plan.apiStages?.some((covered) => covered.apiId === apiId && covered.stage === stage),
    );
    const [found] = plans
      .flatMap((plan) => [...plan.keys].map((id) => ({ plan, key: this.#keys.get(id) })))
      .filter((candidate): candidate is { plan: UsagePlan; key: ApiKey } =>
        Boolean(candidate.key?.enabled && sameSecret(candidate.key.value, value)),
      );
    return found;
  }
}

function checkedPlan(plan: UsagePlan, apis: ReadonlyMap<string, RestApi>): UsagePlan {
  for (const { apiId, stage } of plan.apiStages ?? []) {
    if (!apis.get(apiId)?.stages.has(stage)) {
      throw notFound(
        `Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${plan.id}`,
      );
    }
  }
  if (plan.quotaSettings && !isValidQuota(plan.quotaSettings)) {
    throw badRequest("Usage Plan quota limit, period or offset is not valid");
  }
  return plan;
}

/** The limit that a method has by itself in the plan. */
export function methodThrottle(
  plan: UsagePlan,
  apiId: string,
  stage: string,
  path: string,
): ThrottleLimit | undefined {
  const covered = plan.apiStages?.find((entry) => entry.apiId === apiId && entry.stage === stage);
  return covered?.throttles?.find((throttle) => normalizeMethodPath(throttle.path) === path);
}

/** Compares in a time that tells nothing of how much agrees. */
function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
