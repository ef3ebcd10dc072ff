import type { AnyNode } from "acorn";

/**
 * Kinds of syntax that runtime 2.0 does not have, with their names: it knows ES 5.1 and, of what
 * came later, what AWS's documentation lists.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
const kinds: Partial<Record<AnyNode["type"], string>> = {
  ArrayPattern: "destructuring",
  AssignmentPattern: "a default value of a parameter",
  ChainExpression: "optional chaining (?.)",
  ClassDeclaration: "a class",
  ClassExpression: "a class",
  DebuggerStatement: "debugger",
  ExportAllDeclaration: "export",
  ExportDefaultDeclaration: "export",
  ExportNamedDeclaration: "export",
  ForOfStatement: "for…of",
  ImportExpression: "import()",
  MetaProperty: "new.target or import.meta",
  ObjectPattern: "destructuring",
  SpreadElement: "spread (...)",
  TaggedTemplateExpression: "a tagged template",
  YieldExpression: "a generator",
};

const assignments = new Set(["??=", "||=", "&&="]);
const regexFlags = /^[gimy]*$/;

/** A node, and the nodes around it, innermost last. */
export interface Place {
  node: AnyNode;
  around: readonly AnyNode[];
}

/** @returns the name of what runtime 2.0 does not have, if it is that. */
export function unsupportedSyntax(place: Place): string | undefined {
  const { node, around } = place;
  if (isFunction(node)) {
    return functionSyntax(node, around);
  }
  if (node.type === "Property") {
    return propertySyntax(node);
  }
  if (node.type === "Literal") {
    return literalSyntax(node);
  }
  if (node.type === "LogicalExpression" && node.operator === "??") {
    return "nullish coalescing (??)";
  }
  if (node.type === "AssignmentExpression" && assignments.has(node.operator)) {
    return `logical assignment (${node.operator})`;
  }
  if (node.type === "CatchClause" && !node.param) {
    return "catch without a parameter";
  }
  return node.type === "AwaitExpression" ? awaitSyntax(place) : kinds[node.type];
}

function propertySyntax(node: AnyNode & { type: "Property" }): string | undefined {
  if (node.shorthand || node.method) {
    return "a shorthand property or method";
  }
  return node.computed ? "a computed property name" : undefined;
}

function literalSyntax(node: AnyNode & { type: "Literal" }): string | undefined {
  if (node.bigint) {
    return "a BigInt";
  }
  if (typeof node.value === "number" && /^0[bo]/i.test(node.raw ?? "")) {
    return "a binary or octal number";
  }
  return node.regex && !regexFlags.test(node.regex.flags)
    ? `a flag of a regular expression other than g, i, m and y (${node.regex.flags})`
    : undefined;
}

/** “async arguments and closures are not supported”, and `await` in async functions only. */
function awaitSyntax({ node, around }: Place): string | undefined {
  const own = around.findLastIndex(isFunction);
  if (own < 0) {
    return "await outside an async function";
  }
  const path = [...around.slice(own + 1), node];
  const isArgument = path.some((outer, index) => {
    const inner = path[index + 1];
    return (
      inner !== undefined &&
      (outer.type === "CallExpression" || outer.type === "NewExpression") &&
      outer.callee !== inner
    );
  });
  return isArgument ? "await in the arguments of a call" : undefined;
}

function functionSyntax(
  node: AnyNode & { async: boolean; generator: boolean },
  around: readonly AnyNode[],
): string | undefined {
  if (node.generator) {
    return "a generator";
  }
  return node.async && around.some(isFunction) ? "an async function within another" : undefined;
}

function isFunction(node: AnyNode): node is AnyNode & {
  type: "ArrowFunctionExpression" | "FunctionDeclaration" | "FunctionExpression";
} {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}
