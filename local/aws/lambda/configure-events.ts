import { requireUsableDestination, type DestinationQueues } from "./destinations";
import { eventInvokeSettingsOf, type EventInvokeConfig } from "./event-invoke-config";
import type { FunctionTarget } from "./versions/function-target";

/**
 * Says how the events of what was invoked are retried, and where records of them go.
 *
 * @throws AwsError `ValidationException`, `InvalidParameterValueException`.
 */
export function configureEvents(
  { settings, version }: Pick<FunctionTarget, "settings" | "version">,
  config: EventInvokeConfig,
  { queues, clock }: { queues: DestinationQueues; clock: () => Date },
): void {
  const eventInvoke = eventInvokeSettingsOf(config);
  for (const destination of [eventInvoke.onSuccess, eventInvoke.onFailure]) {
    if (destination !== undefined) {
      requireUsableDestination(destination, version, queues);
    }
  }
  settings.eventInvoke = eventInvoke;
  settings.eventInvokeSet = { config, at: clock() };
}
