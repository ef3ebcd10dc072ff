import type { AnalyzeRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { refuseUnknownConfig } from "./pack-config";
import type { PolicyList } from "./policy-list";
import { currentRun, startRun } from "./run";

/**
 * Lets the pack see what the engine sends before the policy SDK does. The SDK hands a policy what it
 * is to judge and nothing else: not the inputs of resources to policies on the stack, nothing at all
 * of a resource while the policies on it are disabled, and no config but a policy's own. To be called
 * before the pack is served.
 */
export function observeEngine(policies: PolicyList): void {
  const { configure, analyze, analyzeStack } = AnalyzerService;
  // The first request of a run that reaches a pack in any case: language hosts keep ConfigureStack.
  intercept(configure, (request) => {
    startRun();
    return refuseUnknownConfig(request, policies);
  });
  intercept(analyze, (request) => {
    const { type } = currentRun().declare(request);
    // The SDK would read for every policy anew what the run keeps.
    request.getProperties()?.clearFieldsMap();
    return walkingFor(request.setType(type).setProvider(undefined), policies);
  });
  intercept(analyzeStack, (request) => {
    currentRun().complete(request);
    return request.setResourcesList([]);
  });
}

/** The SDK asks a request for the type and, in the same breath, starts to go through the policies. */
function walkingFor(request: AnalyzeRequest, policies: PolicyList): AnalyzeRequest {
  const type = request.getType();
  request.getType = () => {
    policies.walkFor(type);
    return type;
  };
  return request;
}

function intercept<Request>(
  method: { requestDeserialize: (data: Buffer) => Request },
  see: (request: Request) => Request,
): void {
  const { requestDeserialize } = method;
  method.requestDeserialize = (data) => see(requestDeserialize(data));
}
