import { Compile, parse } from "velocityjs";
import { isObject } from "../../../is-object";
import type { Variables } from "./context-variables";
import { javaMethods, javaText } from "./java-methods";

/** A node of a parsed template. */
type Node = ReturnType<typeof parse>[number];

/**
 * Velocity as API Gateway has it: nothing is shown as an empty text, and values as Java shows them. What the methods
 * return is of any type, whatever those of the package say.
 */
class Velocity extends Compile {
  protected override getReferences(node: Node, isShown?: boolean): string {
    const value: unknown = super.getReferences(node);
    return (isShown ? javaText(value) : value) as string;
  }

  protected override getExpression(node: Node): string {
    if (node.type !== "math" || (node.operator !== "==" && node.operator !== "!=")) {
      return super.getExpression(node);
    }
    const [left, right] = node.expression.map((each): unknown => super.getExpression(each));
    const isTrue: unknown = areEqual(left, right) === (node.operator === "==");
    return isTrue as string;
  }
}

/** Renders a template in VTL. @throws Error when it cannot be evaluated. */
export function renderVelocity(template: string, variables: Variables): string {
  const compiled = new Velocity(parse(template), { customMethodHandlers: [javaMethods] });
  return compiled.render(variables);
}

/**
 * Nothing equals an empty text too; what is of two types is compared by its text.
 *
 * @see https://velocity.apache.org/engine/1.7/user-guide.html#conditionals
 */
function areEqual(left: unknown, right: unknown): boolean {
  return [left, right].some((value) => isObject(value) || Array.isArray(value))
    ? left === right
    : javaText(left) === javaText(right);
}
