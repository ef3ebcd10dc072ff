import { requireBetween } from "./function-definition";

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export interface EventInvokeConfig {
  /** How often a function that failed is tried again, 0–2. @default 2 */
  maximumRetryAttempts?: number;
  /** An event that is older is given up, 60–21,600. @default 21,600, 6 hours */
  maximumEventAgeSeconds?: number;
  /** ARN of a queue for records of events that succeeded. @default none */
  onSuccess?: string;
  /** ARN of a queue for records of events that were given up. @default none */
  onFailure?: string;
}

/** A configuration with its defaults filled in. */
export type EventInvokeSettings = EventInvokeConfig &
  Required<Pick<EventInvokeConfig, "maximumEventAgeSeconds" | "maximumRetryAttempts">>;

/** @throws AwsError `ValidationException`. */
export function eventInvokeSettingsOf(config: EventInvokeConfig): EventInvokeSettings {
  const { maximumRetryAttempts = 2, maximumEventAgeSeconds = 21_600 } = config;
  requireBetween("maximumRetryAttempts", maximumRetryAttempts, 0, 2);
  requireBetween("maximumEventAgeInSeconds", maximumEventAgeSeconds, 60, 21_600);
  return { ...config, maximumRetryAttempts, maximumEventAgeSeconds };
}
