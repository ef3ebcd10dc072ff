import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  componentType,
  type Program,
  ProgramOutput,
  type ProgramResource,
  ResourceProperty,
  isObject,
  definedEntries,
} from "./program";

/** A resource of any type, with the outputs that others refer to. */
class AnyResource extends pulumi.CustomResource {
  constructor(
    one: ProgramResource,
    inputs: pulumi.Inputs,
    outputs: readonly string[],
    options: pulumi.CustomResourceOptions,
  ) {
    const expected = Object.fromEntries(outputs.map((name) => [name, undefined]));
    super(one.type, one.name, { ...expected, ...inputs }, options);
  }

  output(name: string): pulumi.Output<unknown> {
    return (
      (this as unknown as Record<string, pulumi.Output<unknown>>)[name] ?? pulumi.output(undefined)
    );
  }
}

/** Registers the resources of a program with the engine that runs this. */
export function registerProgram(program: Program): void {
  const made = new Map<string, AnyResource | pulumi.ComponentResource>();
  const outputs = usedOutputs(program);
  for (const one of program) {
    const parent = one.parent && made.get(one.parent.name);
    made.set(one.name, register(one, parent));
  }

  function register(one: ProgramResource, parent: pulumi.Resource | undefined) {
    if (one.type === componentType) {
      return new pulumi.ComponentResource(one.type, one.name, {}, { parent });
    }
    const provider = one.provider && new aws.Provider(`${one.name}-provider`, one.provider);
    const inputs = asInputs(one.inputs) as pulumi.Inputs;
    return new AnyResource(one, inputs, outputs, { parent, provider });
  }

  function asInputs(value: unknown): unknown {
    if (value instanceof ResourceProperty) {
      const source = made.get(value.resource.name);
      return source instanceof AnyResource ? source.output(value.property) : undefined;
    }
    if (value instanceof ProgramOutput) {
      const parts = pulumi.all(value.parts.map((part) => pulumi.output(asInputs(part))));
      return parts.apply((values) => value.compute(values));
    }
    if (Array.isArray(value)) {
      return value.map(asInputs);
    }
    return isObject(value)
      ? Object.fromEntries(definedEntries(value).map(([key, item]) => [key, asInputs(item)]))
      : value;
  }
}

/** Every property that is referred to, of whichever resource, but ids, which all have. */
function usedOutputs(program: Program): string[] {
  const names = new Set(program.flatMap(({ inputs }) => propertiesIn(inputs)));
  names.delete("id");
  return [...names];
}

function propertiesIn(value: unknown): string[] {
  if (value instanceof ResourceProperty) {
    return [value.property];
  }
  const parts =
    value instanceof ProgramOutput ? value.parts : isObject(value) ? Object.values(value) : [];
  return parts.flatMap(propertiesIn);
}
