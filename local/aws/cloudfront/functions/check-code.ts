import type { AnyNode, Program } from "acorn";
import { AwsError } from "../../aws-error";
import { notEmulated } from "../../not-emulated";
import { limits } from "./limits";
import { unsupportedSyntax, type Place } from "./unsupported-syntax";

/** What `require` finds. */
const modules = ["buffer", "crypto", "querystring"];

/** The runtime that is emulated. */
const emulatedRuntime = "cloudfront-js-2.0";

/**
 * Checks the code of a function before it is created. AWS takes any text and fails at the first
 * request, or in TestFunction; here, what would fail there is refused at once.
 *
 * @param runtime as the function's configuration names it.
 * @throws AwsError `FunctionSizeLimitExceeded`, `InvalidArgument` with line and reason, or
 * `NotImplemented`.
 */
export async function checkFunctionCode(code: string, runtime = emulatedRuntime): Promise<void> {
  if (runtime !== emulatedRuntime) {
    throw notEmulated(`the runtime ${runtime} of CloudFront Functions, only ${emulatedRuntime}`);
  }
  const bytes = Buffer.byteLength(code);
  if (bytes > limits.codeBytes) {
    throw new AwsError(
      "FunctionSizeLimitExceeded",
      `The function's code has ${bytes} bytes; at most ${limits.codeBytes} are allowed.`,
      413,
    );
  }
  const program = await parse(code);
  for (const place of placesIn(program)) {
    checkPlace(place);
  }
  if (!program.body.some(declaresHandler)) {
    throw refused('The code declares no function "handler" at its top level.');
  }
}

async function parse(code: string): Promise<Program> {
  // Read when the first function is created: most programs have none.
  const acorn = await import("acorn");
  try {
    return acorn.parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true });
  } catch (error) {
    throw refused(`SyntaxError: ${(error as Error).message}`);
  }
}

/** All nodes of a tree, in the order of the code. */
function* placesIn(node: AnyNode, around: readonly AnyNode[] = []): Generator<Place> {
  yield { node, around };
  const inside = [...around, node];
  for (const value of Object.values<unknown>({ ...node }).flat()) {
    if (isNode(value)) {
      yield* placesIn(value, inside);
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function checkPlace(place: Place): void {
  const { node } = place;
  const syntax = unsupportedSyntax(place);
  if (syntax !== undefined) {
    throw refused(
      `Line ${lineOf(node)}: ${syntax} is not supported. ${emulatedRuntime} has ES 5.1 and what its documentation lists of later versions.`,
    );
  }
  if (node.type === "ImportDeclaration") {
    checkImport(node);
  }
  if (node.type === "CallExpression") {
    checkCall(node);
  }
}

function checkImport(node: AnyNode & { type: "ImportDeclaration" }): void {
  if (node.source.value === "cloudfront") {
    throw notEmulated(
      `the helper methods of the module "cloudfront" of CloudFront Functions (line ${lineOf(node)})`,
    );
  }
  throw refused(
    `Line ${lineOf(node)}: only the module "cloudfront" can be imported; ${modules.join(", ")} are had by require().`,
  );
}

function checkCall(node: AnyNode & { type: "CallExpression" }): void {
  if (node.callee.type !== "Identifier" || node.callee.name !== "require") {
    return;
  }
  const [argument] = node.arguments;
  const name = argument?.type === "Literal" ? argument.value : undefined;
  if (typeof name === "string" && !modules.includes(name)) {
    throw refused(
      `Line ${lineOf(node)}: there is no module "${name}"; there are ${modules.join(", ")}.`,
    );
  }
}

function declaresHandler(node: Program["body"][number]): boolean {
  if (node.type === "FunctionDeclaration") {
    return node.id.name === "handler";
  }
  return (
    node.type === "VariableDeclaration" &&
    node.declarations.some(({ id }) => id.type === "Identifier" && id.name === "handler")
  );
}

function lineOf(node: AnyNode): number {
  return node.loc?.start.line ?? 1;
}

function refused(message: string): AwsError {
  return new AwsError("InvalidArgument", message);
}
