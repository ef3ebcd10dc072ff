import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { addedByAws } from "./added-by-aws";
import {
  componentType,
  definedEntries,
  type Program,
  type ProgramResource,
  resolve,
  sourcesOf,
} from "./program";

/** A resource as the engine knows it at the end of a run. */
export interface SimulatedResource {
  type: string;
  name: string;
  urn: string;
  /** What the program gives, checked by the provider: generated names are in. */
  inputs: Record<string, unknown>;
  /** What the provider answers: in a preview, what AWS computes is not known. */
  outputs: Record<string, unknown>;
  parent: string;
  /** Absent for a component. */
  provider: { urn: string; inputs: Record<string, unknown> } | undefined;
  /** URNs by property; properties that come from no resource are not in it. */
  propertyDependencies: Record<string, string[]>;
}

/** What a run is of. */
export interface RunOptions {
  stack: string;
  preview: boolean;
}

const project = "programs";
const sdk = path.dirname(require.resolve("@pulumi/aws/package.json"));
const declaredOutputs = new Map<string, ReadonlyMap<string, string>>();

/** Runs a program as the engine does, with a provider that knows no more of AWS than names and defaults. */
export function simulate(program: Program, { stack, preview }: RunOptions): SimulatedResource[] {
  const created = new Map<string, SimulatedResource>();
  for (const one of program) {
    const [inputs, provider] = resolve([one.inputs, one.provider], {
      preview,
      read: ({ resource, property }) => created.get(urnOf(resource, stack))?.outputs[property],
    }) as [Record<string, unknown>, Record<string, unknown> | undefined];
    const resource =
      one.type === componentType
        ? createComponent(one, stack)
        : createResource({ ...one, inputs, provider }, dependenciesOf(one, stack), {
            stack,
            preview,
          });
    created.set(resource.urn, resource);
  }
  return [...created.values()];
}

function createComponent(one: ProgramResource, stack: string): SimulatedResource {
  return {
    ...common(one, stack),
    inputs: {},
    outputs: {},
    provider: undefined,
    propertyDependencies: {},
  };
}

function createResource(
  one: ProgramResource,
  propertyDependencies: Record<string, string[]>,
  { stack, preview }: RunOptions,
): SimulatedResource {
  const { type, name, provider = {} } = one;
  const inputs = withName(type, name, one.inputs);
  return {
    ...common(one, stack),
    inputs,
    outputs: outputsOf(type, name, inputs, preview),
    provider: {
      urn: `urn:pulumi:${stack}::${project}::pulumi:providers:aws::${JSON.stringify(provider)}`,
      inputs: providerInputs(provider),
    },
    propertyDependencies,
  };
}

function common({ type, name, parent }: ProgramResource, stack: string) {
  const root = `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  return {
    type,
    name,
    urn: urnOf({ type, name, inputs: {}, parent }, stack),
    parent: parent ? urnOf(parent, stack) : root,
  };
}

function urnOf({ type, name, parent }: ProgramResource, stack: string): string {
  const qualifiedType = parent ? `${parent.type}$${type}` : type;
  return `urn:pulumi:${stack}::${project}::${qualifiedType}::${name}`;
}

/** Properties that come from no resource are left out, as the engine does. */
function dependenciesOf({ inputs }: ProgramResource, stack: string): Record<string, string[]> {
  return Object.fromEntries(
    definedEntries(inputs)
      .map(([property, value]): [string, string[]] => [
        property,
        sourcesOf(value).map((source) => urnOf(source, stack)),
      ])
      .filter(([, urns]) => urns.length > 0),
  );
}

/** Settings of a provider travel as text. */
function providerInputs(settings: object): Record<string, unknown> {
  return Object.fromEntries(
    definedEntries(settings).map(([key, value]) => [
      key,
      typeof value === "object" ? JSON.stringify(value) : value,
    ]),
  );
}

/** The provider makes up a name where none is given, and that is known in a preview. */
function withName(type: string, name: string, inputs: Record<string, unknown>) {
  const property = nameProperty(type);
  const suffix = createHash("sha256").update(name).digest("hex").slice(0, 7);
  return property !== undefined && inputs[property] === undefined
    ? { ...inputs, [property]: `${name}-${suffix}` }
    : inputs;
}

function nameProperty(type: string): string | undefined {
  if (/^aws:s3\/bucket(V2)?:/.test(type)) {
    return "bucket";
  }
  return outputTypes(type).has("name") ? "name" : undefined;
}

function outputsOf(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  preview: boolean,
): Record<string, unknown> {
  const given = inputs[nameProperty(type) ?? ""];
  const physicalName = typeof given === "string" ? given : name;
  const computed = [...outputTypes(type)].map(([property, outputType]) => [
    property,
    preview ? unknownValue : made(type, property, outputType, physicalName),
  ]);
  return {
    // As with every provider that is made of a Terraform one, the id is among the outputs.
    id: preview ? unknownValue : physicalName,
    ...(Object.fromEntries(computed) as Record<string, unknown>),
    ...(preview ? {} : addedByAws(type, physicalName)),
    ...inputs,
  };
}

/** The outputs that resources of a type always have, with their types, as the SDK declares them. */
function outputTypes(type: string): ReadonlyMap<string, string> {
  let outputs = declaredOutputs.get(type);
  if (!outputs) {
    const [, module = ""] = /^aws:(\w+\/\w+):\w+$/.exec(type) ?? [];
    const file = path.join(sdk, `${module}.d.ts`);
    const text = module !== "" && existsSync(file) ? readFileSync(file, "utf8") : "";
    outputs = new Map(
      [...text.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([\s\S]*?)>;$/gm)]
        .map(([, property = "", outputType = ""]): [string, string] => [property, outputType])
        .filter(([, outputType]) => !outputType.endsWith("| undefined")),
    );
    declaredOutputs.set(type, outputs);
  }
  return outputs;
}

function made(type: string, property: string, outputType: string, name: string): unknown {
  if (outputType.startsWith("number")) {
    return 1;
  }
  if (outputType.startsWith("boolean")) {
    return false;
  }
  if (outputType.endsWith("[]")) {
    return [];
  }
  if (/^(outputs|\{)/.test(outputType)) {
    return {};
  }
  if (property !== "arn") {
    return `${name}-${property}`;
  }
  const [, service = ""] = /^aws:(\w+)\//.exec(type) ?? [];
  return service === "s3"
    ? `arn:aws:s3:::${name}`
    : `arn:aws:${service}:us-east-1:123456789012:${name}`;
}
