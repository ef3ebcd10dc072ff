import { status } from "@grpc/grpc-js";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { RpcError } from "./rpc";
import { isUrn } from "./urn";

/**
 * Refuses what the engine refuses of a request, in its words.
 *
 * @throws RpcError
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/source_eval.go
 */
export function requireValid(request: RegisterResourceRequest): void {
  requireUrn("parent", request.getParent());
  if (request.getCustom() || request.getRemote()) {
    requireTypeToken(request.getType());
  }
  for (const dependency of request.getDependenciesList()) {
    requireUrn("dependency", dependency);
  }
  request.getAliasesList().forEach(requireAlias);
  requireUrn("DeletedWith", request.getDeletedwith());
  const timeouts = request.getCustomtimeouts();
  for (const timeout of [timeouts?.getCreate(), timeouts?.getUpdate(), timeouts?.getDelete()]) {
    requireDuration(timeout ?? "");
  }
}

/** @throws RpcError unless it has the parts package, module and name. */
export function requireTypeToken(type: string): void {
  if (type.split(":").length < 3) {
    throw invalid(`Type '${type}' is not a valid type token (must have format '*:*:*')`);
  }
}

/** @throws RpcError unless it is a URN. */
export function requireResourceUrn(urn: string): void {
  if (!isUrn(urn)) {
    throw new RpcError(status.UNKNOWN, `invalid resource URN: invalid URN "${urn}"`);
  }
}

function requireAlias(alias: Alias): void {
  const spec = alias.getSpec();
  if (spec) {
    requireUrn("parent alias", spec.getParenturn());
  } else {
    requireUrn("alias", alias.getUrn());
  }
}

function requireUrn(what: string, urn: string): void {
  if (urn !== "" && !isUrn(urn)) {
    throw invalid(`invalid ${what} URN: invalid URN "${urn}"`);
  }
}

function requireDuration(text: string): void {
  if (!/^([+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+))?$/.test(text)) {
    throw new RpcError(status.UNKNOWN, `unable to parse customTimeout Value ${text}`);
  }
}

function invalid(message: string): RpcError {
  return new RpcError(status.INVALID_ARGUMENT, message);
}
