import type { ReservedConcurrency } from "../config/concurrency-config";
import type { MetricsLocation } from "../operations/business-metrics";

/** What all functions of a stack have in common. */
export interface FunctionSettings {
  /** Days for which logs are kept. */
  logRetentionDays: number;
  /** Whether runs are traced by X-Ray. `@default` true */
  tracing?: boolean;
  /** Executions that are kept for functions. `@default` none */
  reservedConcurrency?: ReservedConcurrency;
  /** Whether each change of them becomes a version, as `HandlerFunctionArgs` has it. `@default` false */
  versioned?: boolean;
  /** Where they count for the business. `@default` they do not */
  metrics?: MetricsLocation;
}

/**
 * What of it concerns one function, as `HandlerFunctionArgs` has it.
 *
 * @param operation its name in `functionNames`.
 */
export function settingsOf(
  { logRetentionDays, tracing, versioned, metrics, reservedConcurrency }: FunctionSettings,
  operation: string,
) {
  return {
    logRetentionDays,
    tracing,
    versioned,
    metrics,
    reservedConcurrency: reservedConcurrency?.[operation],
  };
}
