import type { CheckedStack, StackResource } from "./stack";
import { methodSettingsType } from "./types";
import { at, mayBe } from "./values";

const restApiType = "aws:apigateway/restApi:RestApi";
const apiV2Type = "aws:apigatewayv2/api:Api";

/** The settings that hold for all methods of a REST API's stage, one or several resources' worth. */
export function settingsOfAllMethods(stack: CheckedStack, stage: StackResource): unknown[] {
  return stack
    .ofType(methodSettingsType)
    .filter((settings) => belongsTo(stack, settings, stage))
    .filter((settings) => mayBe(settings.get("methodPath"), "*/*"))
    .map((settings) => settings.get("settings"));
}

/** The protocol of the API that a resource of its own refers to by `apiId`, `WEBSOCKET` or `HTTP`. */
export function protocolOf(stack: CheckedStack, resource: StackResource): unknown {
  const [api] = stack.referred(resource, "apiId", [apiV2Type]);
  return api?.get("protocolType");
}

/** Whether both throttles are set, in method or route settings or in those of a usage plan. */
export function isThrottled(settings: unknown, rate: string, burst: string): boolean {
  return [rate, burst].every((name) => {
    const limit = at(settings, name);
    // -1 stands for no limit.
    return typeof limit === "number" ? limit >= 0 : limit !== undefined;
  });
}

/** By the stage itself, or by its literal name together with the API. */
function belongsTo(stack: CheckedStack, settings: StackResource, stage: StackResource): boolean {
  const name = settings.get("stageName");
  const sameApi = stack
    .referred(settings, "restApi", [restApiType])
    .some((api) => stage.refersTo(api, "restApi"));
  return (
    settings.refersTo(stage, "stageName") ||
    (typeof name === "string" && stage.get("stageName") === name && sameApi)
  );
}
