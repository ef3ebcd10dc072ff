import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "../../../local/engine/protobuf";
import { definedEntries } from "./program";
import type { SimulatedResource } from "./simulated-engine";

/** A resource as it is sent to be analyzed by itself: with its inputs. */
export function analyzeRequest(one: SimulatedResource): analyzer.AnalyzeRequest {
  return new analyzer.AnalyzeRequest()
    .setType(one.type)
    .setName(one.name)
    .setUrn(one.urn)
    .setProperties(structOf(one.inputs))
    .setOptions(new analyzer.AnalyzerResourceOptions().setParent(one.parent))
    .setProvider(providerOf(one));
}

/** A resource as it is sent to be analyzed with all others: with its outputs. */
export function stackResource(one: SimulatedResource): analyzer.AnalyzerResource {
  const message = new analyzer.AnalyzerResource()
    .setType(one.type)
    .setName(one.name)
    .setUrn(one.urn)
    .setProperties(structOf(one.outputs))
    .setOptions(new analyzer.AnalyzerResourceOptions().setParent(one.parent))
    .setProvider(providerOf(one))
    .setParent(one.parent)
    .setDependenciesList([...new Set(Object.values(one.propertyDependencies).flat())]);
  for (const [property, urns] of Object.entries(one.propertyDependencies)) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies().setUrnsList(urns);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function providerOf({ provider }: SimulatedResource) {
  return (
    provider &&
    new analyzer.AnalyzerProviderResource()
      .setType("pulumi:providers:aws")
      .setName("provider")
      .setUrn(provider.urn)
      .setProperties(structOf(provider.inputs))
  );
}

function structOf(values: Record<string, unknown>): Struct {
  const defined = Object.fromEntries(definedEntries(values));
  return Struct.fromJavaScript(defined as Parameters<typeof Struct.fromJavaScript>[0]);
}
