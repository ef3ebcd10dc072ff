import type { CallExpression } from "acorn";
import { Callees, maximumSources, methodOf } from "./callees";
import { CodeIndex } from "./code-index";
import { isPartOfEvent, toldByName } from "./properties";
import { type Source, writesBefore } from "./scopes";
import { resultOf } from "./string-methods";
import {
  type AnyNode,
  byType,
  type Cases,
  type FunctionNode,
  isFunction,
  literalOf,
  nameOf,
  type Program,
} from "./syntax";
import { concatenated, itemAt, kinds } from "./text-kinds";

const { fixedText, unknown, wildcard } = kinds;

/** Rounds in which what depends on itself settles. */
const maximumRounds = 8;

/** Functions that hand back the text that they are given. */
const passing = new Set(["String", "decodeURI", "decodeURIComponent"]);
/** Expressions that are no text. */
const noText: ReadonlySet<string> = new Set([
  "ClassDeclaration",
  "ClassExpression",
  "ObjectExpression",
  "UnaryExpression",
  "UpdateExpression",
]);
/** Methods whose result is what they call back returns. */
const returning = new Set(["map", "flatMap", "reduce", "then"]);

/**
 * What expressions of a few programs together may be, in kinds of text. Only what is asked for is
 * followed, from there back to where it comes from; functions are followed whoever calls them.
 */
export class Flow {
  readonly #index: CodeIndex;
  readonly #callees: Callees;
  #known = new Map<unknown, number>();
  #before = new Map<unknown, number>();

  constructor(programs: readonly Program[]) {
    this.#index = new CodeIndex(programs, {
      textOf: (source) => this.#ofSource(source),
      argument: (fn, index, isRest) => this.#argument(fn, index, isRest),
    });
    this.#callees = new Callees(this.#index);
  }

  /** What the expressions may be; 0 for one at which nothing that is known arrives. */
  textsOf(nodes: readonly (AnyNode | null)[]): number[] {
    let texts: number[] = [];
    for (let round = 0; round < maximumRounds; round++) {
      this.#known = new Map();
      texts = nodes.map((node) => this.#ofNode(node));
      if ([...this.#known].every(([key, text]) => this.#before.get(key) === text)) {
        break;
      }
      this.#before = this.#known;
    }
    return texts;
  }

  /** A value that is asked for while it is worked out is what the last round has found. */
  #once(key: unknown, work: () => number): number {
    const found = this.#known.get(key);
    if (found !== undefined) {
      return found;
    }
    this.#known.set(key, this.#before.get(key) ?? 0);
    const text = work() | (this.#before.get(key) ?? 0);
    this.#known.set(key, text);
    return text;
  }

  #ofNode(node: AnyNode | null | undefined): number {
    return node ? this.#once(node, () => this.#evaluate(node)) : 0;
  }

  #ofSource(source: Source): number {
    switch (source.kind) {
      case "node":
        return this.#ofNode(source.node);
      case "property":
        return this.#ofProperty(source.name);
      case "made":
        return this.#once(source, source.text);
    }
  }

  #ofProperty(name: string): number {
    const sources = this.#index.properties.get(name);
    return sources === undefined || sources.length > maximumSources
      ? unknown
      : this.#once(`.${name}`, () => this.#anyOf(sources));
  }

  #anyOf(sources: readonly Source[]): number {
    return sources.reduce((text, source) => text | this.#ofSource(source), 0);
  }

  #argument(fn: FunctionNode, index: number, isRest: boolean): number {
    const texts = this.#callees.callersOf(fn).flatMap((call) => {
      if (!this.#callees.called(call).has(fn)) {
        // Called back, as by `map`: handed the items that the receiver holds.
        return call.callee.type === "MemberExpression"
          ? [itemAt(this.#ofNode(call.callee.object), undefined)]
          : [unknown];
      }
      const given = methodOf(call) === "call" ? call.arguments.slice(1) : call.arguments;
      const args = isRest ? given.slice(index) : given.slice(index, index + 1);
      return args.map((argument) => this.#ofNode(argument));
    });
    return texts.reduce((all, text) => all | text, 0);
  }

  #evaluate(node: AnyNode): number {
    return isFunction(node) || noText.has(node.type)
      ? 0
      : (byType(node, this.#evaluations, undefined) ?? unknown);
  }

  readonly #evaluations: Cases<number> = {
    Literal: ({ value }) =>
      typeof value === "string" && value.includes("*") ? wildcard : fixedText,
    TemplateLiteral: (node) => this.#template(node),
    Identifier: (node) => this.#identifier(node),
    MemberExpression: (node) => this.#member(node),
    CallExpression: (node) => this.#result(node),
    BinaryExpression: ({ operator, left, right }) =>
      operator === "+" ? concatenated(this.#ofNode(left), this.#ofNode(right)) : fixedText,
    AssignmentExpression: ({ operator, left, right }) =>
      operator === "+="
        ? concatenated(this.#ofNode(left), this.#ofNode(right))
        : this.#ofNode(right),
    LogicalExpression: ({ left, right }) => this.#ofNode(left) | this.#ofNode(right),
    ConditionalExpression: ({ consequent, alternate }) =>
      this.#ofNode(consequent) | this.#ofNode(alternate),
    SequenceExpression: ({ expressions }) => this.#ofNode(expressions.at(-1)),
    ArrayExpression: ({ elements }) =>
      elements.reduce((text, element) => text | this.#ofNode(element), 0),
    AwaitExpression: ({ argument }) => this.#ofNode(argument),
    SpreadElement: ({ argument }) => this.#ofNode(argument),
    YieldExpression: ({ argument }) => this.#ofNode(argument),
    ChainExpression: ({ expression }) => this.#ofNode(expression),
    ParenthesizedExpression: ({ expression }) => this.#ofNode(expression),
  };

  #template({ quasis, expressions }: AnyNode & { type: "TemplateLiteral" }): number {
    const [first = fixedText, ...others] = quasis.flatMap(({ value }, index) => {
      const text = value.cooked ?? value.raw;
      const expression = expressions[index];
      return [
        ...(text === "" ? [] : [text.includes("*") ? wildcard : fixedText]),
        ...(expression ? [this.#ofNode(expression)] : []),
      ];
    });
    return others.reduce(concatenated, first);
  }

  #identifier(node: AnyNode & { type: "Identifier" }): number {
    const reference = this.#index.reference(node);
    if (!reference?.binding) {
      return node.name === "undefined" ? 0 : unknown;
    }
    const given = writesBefore(node, reference).map(({ source }) => source);
    return this.#anyOf([...given, ...reference.binding.additions]);
  }

  #member(node: AnyNode & { type: "MemberExpression" }): number {
    const object = this.#ofNode(node.object);
    const index = literalOf(node.property);
    if (node.computed && typeof index === "number") {
      return itemAt(object, index);
    }
    const name = nameOf(node.property, node.computed);
    if (name === undefined) {
      return itemAt(object, undefined) || unknown;
    }
    const isEvent =
      this.#index.reference(node.object)?.binding?.isEvent === true || isPartOfEvent(node.object);
    return toldByName(object, name, isEvent) ?? this.#ofProperty(name);
  }

  #result(node: CallExpression): number {
    const { callee } = node;
    const called = this.#callees.called(node);
    if (called.size > 0) {
      return this.#returnedBy([...called]);
    }
    if (callee.type === "Identifier" && passing.has(callee.name)) {
      return this.#ofNode(node.arguments[0]);
    }
    const method = methodOf(node);
    return callee.type === "MemberExpression" && method !== undefined
      ? this.#methodResult(this.#ofNode(callee.object), method, node)
      : unknown;
  }

  #returnedBy(functions: readonly FunctionNode[]): number {
    const nodes = functions.flatMap((fn) => this.#index.returns.get(fn) ?? []);
    return nodes.reduce((text, node) => text | this.#ofNode(node), 0);
  }

  #methodResult(receiver: number, method: string, node: CallExpression): number {
    if (returning.has(method)) {
      return this.#returnedBy(node.arguments.flatMap((one) => [...this.#callees.functionsOf(one)]));
    }
    const args = node.arguments.map((argument) => ({
      text: this.#ofNode(argument),
      literal: literalOf(argument),
    }));
    if (receiver === 0) {
      return 0;
    }
    // An unknown method may cut anything out of the text, and put anything to it.
    return resultOf(method, receiver, args) ?? unknown;
  }
}
