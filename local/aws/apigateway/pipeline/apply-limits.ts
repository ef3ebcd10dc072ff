import { dayOf, periodStart } from "../quota";
import { methodPath, methodSettingsOf, type Stage } from "../state";
import type { ThrottleLimit } from "../token-buckets";
import { methodThrottle, type UsagePlan } from "../usage-plans";
import type { Exchange, PipelineServices, Route } from "./exchange";
import { GatewayError } from "./gateway-error";

/**
 * Of an account in a region.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const accountThrottle: ThrottleLimit = { rateLimit: 10_000, burstLimit: 5000 };

/**
 * Applies limits in API Gateway's order: of the key in its plan, of the method in the stage, of the
 * account; then the plan's quota. A request that is throttled does not count for the quota: AWS
 * does not document it, but has not accepted such a request.
 *
 * @throws GatewayError `THROTTLED` or `QUOTA_EXCEEDED`.
 */
export function applyLimits(
  services: PipelineServices,
  exchange: Exchange,
  route: Route,
  plan: UsagePlan | undefined,
): void {
  const { api, stage, apiKey } = exchange;
  const { resourcePath, httpMethod } = route.method;
  const path = methodPath(resourcePath, httpMethod);
  const method = `${api.id}/${stage.name}/${path}`;
  if (plan && apiKey) {
    // The plan's own limit is one for all that the key does, limits of methods notwithstanding:
    // https://repost.aws/questions/QUFD1EPj5dRYaYaqpNepE34A
    const bucket = `plan/${plan.id}/${apiKey.id}`;
    throttle(services, `${bucket}/${method}`, methodThrottle(plan, api.id, stage.name, path));
    throttle(services, bucket, plan.throttleSettings);
  }
  // Limits of the stage hold for each method by itself: "a per-method throttling limit for all
  // methods" https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
  throttle(services, `stage/${method}`, stageThrottle(stage, route));
  throttle(services, "account", accountThrottle);
  if (plan?.quotaSettings && apiKey) {
    const { quotaSettings } = plan;
    const now = services.clock();
    const [period, day] = [periodStart(quotaSettings, now), dayOf(now)];
    const name = `${plan.id}/${apiKey.id}`;
    if (!services.usage.count(name, period, quotaSettings.limit, day)) {
      throw new GatewayError("QUOTA_EXCEEDED");
    }
  }
}

function throttle(
  { buckets, clock }: PipelineServices,
  bucket: string,
  limit: ThrottleLimit | undefined,
): void {
  if (limit && !buckets.take(bucket, limit, clock())) {
    throw new GatewayError("THROTTLED");
  }
}

function stageThrottle(stage: Stage, { method }: Route): ThrottleLimit | undefined {
  const { throttlingRateLimit = -1, throttlingBurstLimit = -1 } = methodSettingsOf(stage, method);
  return throttlingRateLimit < 0 || throttlingBurstLimit < 0
    ? undefined
    : { rateLimit: throttlingRateLimit, burstLimit: throttlingBurstLimit };
}
