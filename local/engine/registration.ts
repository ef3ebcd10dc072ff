import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type {
  RegisterResourceRequest,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Properties } from "../provider/resource";
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
    parent,
    provider: given(options.getProvider()),
    providerVersion: given(options.getVersion()),
    source: sourceOf(request, projectDir),
    inputs: isProviderType(type)
      ? withVersion(properties.toJavaScript(), options)
      : properties.toJavaScript(),
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
function withVersion(inputs: Properties, options: TransformResourceOptions): Properties {
  const version = given(options.getVersion());
  return version === undefined ? inputs : { ...inputs, version };
}

/** The answer to the program once the resource exists. */
export function registrationResponse(
  { urn, id, propertyDependencies }: RegisteredResource,
  outputs: Struct,
): RegisterResourceResponse {
  const response = new RegisterResourceResponse()
    .setUrn(urn)
    .setId(id ?? "")
    .setObject(outputs);
  for (const [property, urns] of Object.entries(propertyDependencies)) {
    const dependencies = new RegisterResourceResponse.PropertyDependencies().setUrnsList(urns);
    response.getPropertydependenciesMap().set(property, dependencies);
  }
  return response;
}
