import type { MetricSink } from "../../types";
import { methodSettingsOf } from "../state";
import type { Exchange, Reply } from "./exchange";

/**
 * Publishes the metrics of a request: for the API, for the stage and, where the method's settings
 * say so, for the method.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function publishMetrics(
  metrics: MetricSink,
  exchange: Exchange,
  reply: Reply,
  latencyMs: number,
): void {
  const { api, stage, route, integration } = exchange;
  const values = {
    Count: 1,
    "4XXError": reply.statusCode >= 400 && reply.statusCode < 500 ? 1 : 0,
    "5XXError": reply.statusCode >= 500 ? 1 : 0,
    Latency: latencyMs,
    ...(integration && { IntegrationLatency: integration.latencyMs }),
  };
  const ofStage = { ApiName: api.name, Stage: stage.name };
  const dimensionSets: Record<string, string>[] = [{ ApiName: api.name }, ofStage];
  if (route && methodSettingsOf(stage, route.method).metricsEnabled) {
    const { resourcePath, httpMethod } = route.method;
    dimensionSets.push({ ...ofStage, Resource: resourcePath, Method: httpMethod });
  }
  for (const dimensions of dimensionSets) {
    for (const [name, value] of Object.entries(values)) {
      const unit = name.endsWith("Latency") ? "Milliseconds" : "Count";
      metrics.put({ namespace: "AWS/ApiGateway", name, dimensions, value, unit });
    }
  }
}
