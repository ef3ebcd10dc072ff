import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { findCommand } from "../local/cli/find-command";
import { UserError } from "../local/cli/user-error";
import { endpointsFileBeside, outputsFileOf, readJsonFile, readOutputsFile } from "./read-outputs";
import type { StackChoice } from "./stack-choice";

const root = join(__dirname, "..");

const wayOut =
  "--outputs names a file that has what pulumi stack output --json --show-secrets prints, " +
  "and --stack a stack that the Pulumi CLI is asked about.";

/**
 * Outputs of the stack, as far as `schema` asks for them.
 *
 * @throws UserError when they cannot be had, or are not those of such a stack.
 */
export function readOutputs<T>(schema: z.ZodType<T>, choice: StackChoice): T {
  const { stack } = choice;
  return stack === undefined
    ? check(schema, readOutputsFile(choice, wayOut), outputsFileOf(choice))
    : check(schema, outputsOf(stack), `Stack ${stack}`);
}

/**
 * Where the services of the local run are that wrote the file of outputs, as far as `schema` asks for them; nothing
 * for a stack in AWS.
 *
 * @throws UserError when they cannot be read.
 */
export function readEndpoints<T>(schema: z.ZodType<T>, choice: StackChoice): T | undefined {
  const file = choice.stack === undefined ? endpointsFileBeside(outputsFileOf(choice)) : undefined;
  return file === undefined ? undefined : check(schema, readJsonFile(file), file);
}

/** Asks the CLI, which knows where the state is and how it is encrypted. */
function outputsOf(stack: string): unknown {
  const cli = findCommand("pulumi", join(root, "node_modules"));
  if (cli === undefined) {
    throw new UserError(
      "There is no Pulumi CLI on the PATH to ask for the stack's outputs: install it, or give --outputs a file.",
    );
  }
  try {
    const args = ["stack", "output", "--json", "--show-secrets", "--stack", stack];
    const told = execFileSync(cli, args, { cwd: root, encoding: "utf8", stdio: "pipe" });
    return JSON.parse(told);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new UserError(
      `pulumi does not tell the outputs of ${stack}: ${(stderr ?? String(error)).trim()}`,
      { cause: error },
    );
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (!success) {
    throw new UserError(`${what} has not the outputs of such a stack:\n${z.prettifyError(error)}`);
  }
  return data;
}
