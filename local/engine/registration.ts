import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type {
  RegisterResourceRequest,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import { specialOutputValueSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Properties } from "../provider/resource";
import { structOf, withUnknownTexts } from "./properties";
import { Struct } from "./protobuf";
import { isProviderType } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import { aliasUrn, recordedOptions, requestedOptions } from "./resource-options";
import { given } from "./rpc";
import { sourceOf } from "./source-position";
import type { Transformable } from "./transforms";
import { makeUrn } from "./urn";
import type { StackIdentity } from "./urn";

/** What the request asks for, before transforms. */
export function transformable(request: RegisterResourceRequest): Transformable {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: given(request.getParent()),
    properties: request.getObject() ?? new Struct(),
    options: requestedOptions(request),
  };
}

/** What the request asks for, after transforms. */
export function registeredResource(
  request: RegisterResourceRequest,
  { type, name, custom, parent, properties, options }: Transformable,
  { identity, projectDir }: { identity: StackIdentity; projectDir: string },
): RegisteredResource {
  const own = { ...identity, type, name, parent };
  const aliases = options.getAliasesList().map((alias) => aliasUrn(alias, own));
  return {
    urn: makeUrn(identity, type, name, parent),
    type,
    name,
    custom,
    remote: request.getRemote(),
    parent,
    provider: given(options.getProvider()),
    providerVersion: given(options.getVersion()),
    source: sourceOf(request, projectDir),
    inputs: inputsOf(type, properties, options),
    dependencies: options.getDependsOnList(),
    propertyDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([property, dependencies]) => [
        property,
        dependencies.getUrnsList(),
      ]),
    ),
    options: recordedOptions(options, aliases),
  };
}

/** A provider has the version that the program's SDK asks for among its inputs. */
function inputsOf(type: string, properties: Struct, options: TransformResourceOptions): Properties {
  const inputs = withUnknownTexts(properties.toJavaScript()) as Properties;
  const version = isProviderType(type) ? given(options.getVersion()) : undefined;
  return version === undefined ? inputs : { ...inputs, version };
}

/** The answer to the program once the resource exists. */
export function registrationResponse(
  { urn, id, custom, remote, propertyDependencies }: RegisteredResource,
  outputs: Struct,
): RegisterResourceResponse {
  const response = new RegisterResourceResponse()
    .setUrn(urn)
    .setId(id ?? "")
    .setObject(remote === true ? asOutputValues(outputs) : outputs)
    // In a dry run the SDK expects unknown values anyway.
    .setUnknown(custom && id === undefined);
  for (const [property, urns] of Object.entries(propertyDependencies)) {
    const dependencies = new RegisterResourceResponse.PropertyDependencies().setUrnsList(urns);
    response.getPropertydependenciesMap().set(property, dependencies);
  }
  return response;
}

/** Other than those of custom resources, unknown outputs of components are known to be so by this form alone. */
function asOutputValues(outputs: Struct): Struct {
  const values = Object.entries(outputs.toJavaScript()).map(([name, value]) => [
    name,
    value === unknownValue ? { [specialSigKey]: specialOutputValueSig } : value,
  ]);
  return structOf(Object.fromEntries(values) as Properties);
}
