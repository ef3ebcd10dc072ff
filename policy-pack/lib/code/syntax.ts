import type {
  AnonymousFunctionDeclaration,
  AnyNode,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
  Program,
} from "acorn";
import { parse as parseSource } from "acorn";

export type { AnyNode, Program };

export type FunctionNode =
  | AnonymousFunctionDeclaration
  | ArrowFunctionExpression
  | FunctionDeclaration
  | FunctionExpression;

/** What is to be done about nodes of some types, with what they are in. */
export type Cases<Result, Context = undefined> = {
  readonly [Type in AnyNode["type"]]?: (
    node: Extract<AnyNode, { type: Type }>,
    context: Context,
  ) => Result;
};

/** Does what is to be done about a node; `undefined` where there is nothing for its type. */
export function byType<Result, Context>(
  node: AnyNode,
  cases: Cases<Result, Context>,
  context: Context,
): Result | undefined {
  const handle = cases[node.type] as ((node: AnyNode, context: Context) => Result) | undefined;
  return handle?.(node, context);
}

/** A literal's value, a template's without expressions; `undefined` for anything else. */
export function literalOf(node: AnyNode | null | undefined): unknown {
  if (node?.type === "Literal") {
    return node.value;
  }
  return node?.type === "TemplateLiteral" && node.expressions.length === 0
    ? node.quasis[0]?.value.cooked
    : undefined;
}

/**
 * The program of a file, a module or a script: callbacks that Pulumi serialises are wrapped in `with`,
 * which no module may have.
 *
 * @returns `undefined` for what is no JavaScript.
 */
export function parse(text: string): Program | undefined {
  for (const sourceType of ["module", "script"] as const) {
    try {
      return parseSource(text, {
        ecmaVersion: "latest",
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
      });
    } catch (error) {
      if (!(error instanceof SyntaxError)) {
        throw error;
      }
    }
  }
  return undefined;
}

export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

/** The nodes of which a node consists, in the order of the text. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      children.push(...value.filter(isNode));
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

/** The name of a property, if the code says it: of `a.b`, `a["b"]`, `{ b: 1 }` and `{ "b": 1 }`. */
export function nameOf(key: AnyNode, computed: boolean): string | undefined {
  if (!computed && key.type === "Identifier") {
    return key.name;
  }
  const literal = literalOf(key);
  return typeof literal === "string" ? literal : undefined;
}

/** The names that an exported declaration declares. */
export function declaredBy(declaration: AnyNode | null | undefined): AnyNode[] {
  if (declaration?.type === "VariableDeclaration") {
    return declaration.declarations.map(({ id }) => id);
  }
  return declaration && "id" in declaration && declaration.id ? [declaration.id] : [];
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { type?: unknown }).type === "string"
  );
}
