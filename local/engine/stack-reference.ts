import type { Properties } from "../provider/resource";
import { secretsIn } from "./properties";
import type { StackIdentity } from "./urn";

/** The type of the resource that stands for the outputs of another stack. */
export const stackReferenceType = "pulumi:pulumi:StackReference";

/** The only organization of stacks that are kept in files. */
const organization = "organization";

/** The longest name of a project or stack, in characters. */
const maxNameLength = 100;

const notInNames = /[^\w.-]/u;

/**
 * Tells the outputs of a stack, in the form in which they travel; nothing where there is no such stack.
 *
 * @throws Error with the reason why they cannot be told.
 */
export type FindStackOutputs = (stack: StackIdentity) => Promise<Properties | undefined>;

/**
 * What the program gets of another stack, as the engine tells it. A stack may refer to itself, and
 * then gets the outputs of its last run.
 *
 * @param name `stack`, `organization/stack` or `organization/project/stack`.
 * @param current the stack that refers to it.
 * @throws Error in the engine's words when the name is none, or there is no such stack.
 */
export async function readStackReference(
  name: string,
  current: StackIdentity,
  find: FindStackOutputs,
): Promise<Properties> {
  const stack = referencedStack(name, current);
  const isOwn = stack.project === current.project && stack.stack === current.stack;
  const outputs = (await find(stack)) ?? (isOwn ? {} : undefined);
  if (outputs === undefined) {
    throw new Error(`unknown stack "${name}"`);
  }
  const secretOutputNames = Object.keys(outputs).filter(
    (key) => secretsIn(outputs[key]).length > 0,
  );
  return { name, outputs, secretOutputNames: secretOutputNames.sort() };
}

/**
 * @throws Error for a name that the engine refuses, in its words.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/store.go
 */
function referencedStack(name: string, current: StackIdentity): StackIdentity {
  const { owner, project, stack } = partsOf(name);
  if (owner !== "" && owner !== organization) {
    throw new Error(`organization name must be '${organization}'`);
  }
  if (project.length > maxNameLength) {
    throw new Error(`project names are limited to ${maxNameLength} characters`);
  }
  if (notInNames.test(project)) {
    throw new Error(
      "project names may only contain alphanumerics, hyphens, underscores, and periods",
    );
  }
  requireStackName(stack);
  return { project: project === "" ? current.project : project, stack };
}

/** More than three parts make no name of any stack, as for the engine. */
function partsOf(name: string): { owner: string; project: string; stack: string } {
  const parts = name.split("/");
  if (parts.length > 3) {
    return { owner: "", project: "", stack: "" };
  }
  const [stack = "", project = "", owner = ""] =
    parts.length === 2 ? [parts[1], "", parts[0]] : parts.reverse();
  return { owner, project, stack };
}

function requireStackName(name: string): void {
  if (name === "") {
    throw new Error("a stack name may not be empty");
  }
  if (name.length > maxNameLength) {
    throw new Error(`a stack name cannot exceed ${maxNameLength} characters`);
  }
  const invalid = notInNames.exec(name);
  if (invalid) {
    throw new Error(
      "a stack name may only contain alphanumeric, hyphens, underscores, or periods: " +
        `invalid character '${invalid[0]}' at position ${invalid.index}`,
    );
  }
}
