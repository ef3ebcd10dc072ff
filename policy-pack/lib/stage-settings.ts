import type { Block, CheckedResource } from "./resource";
import type { CheckedStack } from "./stack";
import { apiV2Type, methodSettingsType, restApiType } from "./types";
import { mayBe } from "./values";

/** Whether settings of all methods of a REST API's stage pass a test, in which unknown ones pass. */
export function someSettingsOfAllMethods(
  stack: CheckedStack,
  stage: CheckedResource,
  test: (settings: Block) => boolean,
): boolean {
  const own = stack
    .ofType(methodSettingsType)
    .filter((settings) => belongsTo(stack, settings, stage));
  return stage.some(
    own,
    (one) => mayBe(one.known("methodPath"), "*/*") && one.some(one.blocks("settings"), test),
  );
}

/** The protocol of the API that a resource of its own refers to by `apiId`, `WEBSOCKET` or `HTTP`. */
export function protocolOf(stack: CheckedStack, resource: CheckedResource): unknown {
  const [api] = stack.referred(resource, "apiId", [apiV2Type]);
  return api?.known("protocolType");
}

/** Whether both throttles are set, in method or route settings or in those of a usage plan. */
export function isThrottled(settings: Block, rate: string, burst: string): boolean {
  return [rate, burst].every((name) => {
    const limit = settings.known(name);
    // -1 stands for no limit.
    return typeof limit === "number" ? limit >= 0 : limit !== undefined;
  });
}

/** By the stage itself, or by its literal name together with the API. */
function belongsTo(
  stack: CheckedStack,
  settings: CheckedResource,
  stage: CheckedResource,
): boolean {
  const name = settings.declared("stageName");
  const sameApi = stack
    .referred(settings, "restApi", [restApiType])
    .some((api) => stack.refers(stage, "restApi", api));
  return (
    stack.refers(settings, "stageName", stage) ||
    (typeof name === "string" && stage.declared("stageName") === name && sameApi)
  );
}
