import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { derivedUuid } from "../aws/derived-uuid";
import type { Properties } from "../provider/resource";
import type { RegisteredResource } from "./registered-resource";
import { stackReferenceType } from "./stack-reference";

/** The type of `pulumi.Stash`. */
const stashType = "pulumi:index:Stash";

/** The only input of each type that the engine itself provides. */
const onlyInputs: Readonly<Record<string, string>> = {
  [stackReferenceType]: "name",
  [stashType]: "input",
};

/** Told of each reference to a stack that is registered, as by old SDKs, rather than read. */
const deprecated =
  `The "${stackReferenceType}" resource type is deprecated. ` +
  "Update your SDK or if already up to date raise an issue at https://github.com/pulumi/pulumi/issues.";

type Builtin = Pick<RegisteredResource, "type" | "inputs">;

/** Whether the engine itself provides resources of a type. */
export function isBuiltin(type: string): boolean {
  return Object.hasOwn(onlyInputs, type);
}

/** Why the engine does not take these inputs, in its words. */
export function builtinProblems({ type, inputs }: Builtin): string[] {
  const { [type]: only = "" } = onlyInputs;
  const other = Object.keys(inputs).find((name) => name !== only);
  if (other !== undefined) {
    return [`unknown property "${other}"`];
  }
  if (!(only in inputs)) {
    return [`missing required property "${only}"`];
  }
  return type === stackReferenceType && typeof inputs.name !== "string"
    ? ['property "name" must be a string']
    : [];
}

interface BuiltinRun {
  dryRun: boolean;
  /** Tells the properties of a reference. */
  readStack: (urn: string, name: string) => Promise<Properties>;
  failures: { report: (severity: "warning", message: string, urn: string) => void };
}

/**
 * Gives a resource its outputs and, where it is created, an id, the same in each run. Those of a
 * reference to a stack whose name is not known yet are not known. A stash gives back what it is given;
 * that its output stays when its input changes later is not emulated, since each run is here the first.
 */
export async function planBuiltin(
  resource: RegisteredResource,
  run: BuiltinRun,
): Promise<Properties> {
  if (!run.dryRun) {
    resource.id = derivedUuid(resource.urn);
  }
  if (resource.type === stackReferenceType) {
    run.failures.report("warning", deprecated, resource.urn);
  }
  resource.outputs = await outputsOf(resource, run);
  return resource.outputs;
}

async function outputsOf(
  { type, urn, inputs }: RegisteredResource,
  run: BuiltinRun,
): Promise<Properties> {
  if (builtinProblems({ type, inputs }).length > 0) {
    return inputs;
  }
  if (type === stashType) {
    return { input: inputs.input, output: inputs.input };
  }
  return inputs.name === unknownValue
    ? { name: unknownValue, outputs: unknownValue, secretOutputNames: unknownValue }
    : await run.readStack(urn, String(inputs.name));
}
