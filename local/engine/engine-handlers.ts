import {
  GetRootResourceResponse,
  LogSeverity,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import type { Deployment } from "./deployment";
import type { DiagnosticEvent } from "./events";
import { Empty } from "./protobuf";
import { given, unary } from "./rpc";

/** As with Pulumi's CLI, debug messages are not shown. */
const severities: Partial<Record<LogSeverity, DiagnosticEvent["severity"]>> = {
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
};

/**
 * The service by which the program logs.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/engine.proto
 */
export function engineHandlers(deployment: Deployment) {
  return {
    log: unary((request: LogRequest) => {
      const severity = severities[request.getSeverity()];
      if (severity && !request.getEphemeral()) {
        deployment.failures.report(severity, request.getMessage(), given(request.getUrn()));
      }
      return new Empty();
    }),
    getRootResource: unary(() => new GetRootResourceResponse().setUrn(deployment.stack?.urn ?? "")),
    setRootResource: unary(() => new SetRootResourceResponse()),
  };
}
