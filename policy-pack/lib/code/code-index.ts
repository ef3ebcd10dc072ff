import type { CallExpression, NewExpression } from "acorn";
import { marksEvent, toldByName } from "./properties";
import { Scopes, type Source } from "./scopes";
import {
  type AnyNode,
  byType,
  type Cases,
  childrenOf,
  declaredBy,
  type FunctionNode,
  isFunction,
  nameOf,
  type Program,
} from "./syntax";
import { itemAt, kinds } from "./text-kinds";

export type Call = CallExpression | NewExpression;

/** What an index needs to be told to make a value of others. */
export interface Evaluation {
  textOf: (source: Source) => number;
  /** What arrives at a parameter, by its place; the last one may stand for all that follow. */
  argument: (fn: FunctionNode, index: number, isRest: boolean) => number;
}

/** Where the values in a program come from: variables by their scopes, properties by their names alone. */
export class CodeIndex {
  /** What the properties of a name are given, by the name. */
  readonly properties = new Map<string, Source[]>();
  readonly calls: Call[] = [];
  /** What a function returns. */
  readonly returns = new Map<FunctionNode, AnyNode[]>();
  readonly #evaluation: Evaluation;
  readonly #scopes: Scopes[];
  #current: Scopes;
  #around: FunctionNode[] = [];

  constructor(programs: readonly Program[], evaluation: Evaluation) {
    this.#evaluation = evaluation;
    this.#scopes = programs.map((program) => new Scopes(program));
    this.#current = new Scopes(emptyProgram);
    for (const [index, program] of programs.entries()) {
      this.#current = this.#scopes[index] ?? this.#current;
      this.#visit(program);
    }
  }

  /** What a name stands for where it is used. */
  reference(node: AnyNode) {
    for (const { references } of this.#scopes) {
      const found = references.get(node);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  #visit(node: AnyNode): void {
    if (isFunction(node)) {
      this.#enter(node);
      return;
    }
    byType(node, this.#notes, undefined);
    for (const child of childrenOf(node)) {
      // What a pattern takes out of an object is no property that the code gives to one.
      this.#visit(node.type === "ObjectPattern" && child.type === "Property" ? child.value : child);
    }
  }

  #enter(node: FunctionNode): void {
    this.#around.push(node);
    this.returns.set(node, node.body.type === "BlockStatement" ? [] : [node.body]);
    for (const [index, param] of node.params.entries()) {
      const isRest = param.type === "RestElement";
      const text = () => this.#evaluation.argument(node, index, isRest);
      this.#assign(param, { kind: "made", text }, node);
      this.#visit(param);
    }
    this.#visit(node.body);
    this.#around.pop();
    if (node.id && node.type === "FunctionDeclaration") {
      this.#assign(node.id, nodeSource(node), node);
    }
  }

  readonly #notes: Cases<void> = {
    VariableDeclarator: (node) => {
      if (node.init) {
        this.#assign(node.id, nodeSource(node.init), node);
      }
    },
    AssignmentExpression: (node) => {
      const { left, operator, right } = node;
      // The expression itself is the sum, where something is added.
      this.#assign(left, nodeSource(operator === "=" ? right : node), node);
    },
    ForOfStatement: (loop) => {
      this.#noteLoop(loop);
    },
    ReturnStatement: ({ argument }) => {
      const fn = this.#around.at(-1);
      if (fn && argument) {
        this.returns.get(fn)?.push(argument);
      }
    },
    CallExpression: (node) => {
      this.#noteCall(node);
    },
    NewExpression: (node) => {
      this.#noteCall(node);
    },
    Property: (node) => {
      this.#noteProperty(node, node);
    },
    PropertyDefinition: (node) => {
      this.#noteProperty(node, node);
    },
    MethodDefinition: (node) => {
      this.#noteProperty(node, node);
    },
    MemberExpression: ({ object, property, computed }) => {
      const binding = this.#current.references.get(object)?.binding;
      if (binding && marksEvent(nameOf(property, computed))) {
        binding.isEvent = true;
      }
    },
    ImportDeclaration: (node) => {
      for (const one of node.specifiers) {
        const imported = one.type === "ImportSpecifier" ? nameOf(one.imported, false) : undefined;
        this.#assign(one.local, { kind: "property", name: imported ?? "default" }, node);
      }
    },
    ExportNamedDeclaration: ({ specifiers, declaration }) => {
      for (const { local, exported } of specifiers) {
        this.#name(nameOf(exported, false), nodeSource(local));
      }
      for (const id of declaredBy(declaration)) {
        this.#name(nameOf(id, false), nodeSource(id));
      }
    },
    ExportDefaultDeclaration: ({ declaration }) => {
      this.#name("default", nodeSource(declaration));
    },
  };

  #noteProperty(
    {
      key,
      computed,
      value,
    }: { key: AnyNode; computed: boolean; value?: AnyNode | null | undefined },
    by: AnyNode,
  ): void {
    if (value) {
      this.#name(nameOf(key, computed), nodeSource(value));
      // A property of the object of a `with`, which is read as a variable.
      this.#write(key, nodeSource(value), by);
    }
  }

  #noteLoop({ left, right }: AnyNode & { type: "ForOfStatement" }): void {
    const [target] =
      left.type === "VariableDeclaration" ? left.declarations.map(({ id }) => id) : [left];
    const text = () => itemAt(this.#evaluation.textOf(nodeSource(right)), undefined);
    if (target) {
      this.#assign(target, { kind: "made", text }, left);
    }
  }

  #noteCall(node: Call): void {
    this.calls.push(node);
    const { callee } = node;
    if (
      callee.type === "MemberExpression" &&
      ["push", "unshift"].includes(nameOf(callee.property, callee.computed) ?? "")
    ) {
      for (const argument of node.arguments) {
        this.#add(callee.object, nodeSource(argument), node);
      }
    }
  }

  /** Gives a value to whatever stands on the left of an assignment. */
  #assign(target: AnyNode, source: Source, by: AnyNode): void {
    byType(target, this.#targets, { source, by });
  }

  readonly #targets: Cases<void, { source: Source; by: AnyNode }> = {
    Identifier: (target, { source, by }) => {
      this.#write(target, source, by);
    },
    MemberExpression: ({ object, property, computed }, { source, by }) => {
      const name = nameOf(property, computed);
      this.#name(name, source);
      if (name === undefined) {
        this.#add(object, source, by);
      }
    },
    AssignmentPattern: ({ left, right }, { source, by }) => {
      this.#assign(left, source, by);
      this.#assign(left, nodeSource(right), by);
    },
    RestElement: ({ argument }, { source, by }) => {
      this.#assign(argument, source, by);
    },
    ArrayPattern: ({ elements }, { source, by }) => {
      for (const [index, element] of elements.entries()) {
        const text = () => itemAt(this.#evaluation.textOf(source), index);
        if (element) {
          this.#assign(element, { kind: "made", text }, by);
        }
      }
    },
    ObjectPattern: (target, { by }) => {
      this.#assignProperties(target, by);
    },
  };

  #assignProperties(target: AnyNode & { type: "ObjectPattern" }, by: AnyNode): void {
    const properties = target.properties.filter((property) => property.type === "Property");
    const isEvent = properties.some(({ key, computed }) => marksEvent(nameOf(key, computed)));
    for (const { key, computed, value } of properties) {
      const name = nameOf(key, computed);
      const told = name === undefined ? kinds.unknown : toldByName(0, name, isEvent);
      this.#assign(
        value,
        told === undefined && name !== undefined
          ? { kind: "property", name }
          : { kind: "made", text: () => told ?? kinds.unknown },
        by,
      );
    }
  }

  #write(target: AnyNode, source: Source, by: AnyNode): void {
    const reference = this.#current.references.get(target);
    const isHoisted = by.type === "FunctionDeclaration" && source.kind === "node";
    reference?.binding?.writes.push({
      start: isHoisted ? -1 : by.start,
      end: isFunction(by) ? by.start : by.end,
      place: reference.place,
      source,
    });
  }

  #name(name: string | undefined, source: Source): void {
    if (name !== undefined) {
      const sources = this.properties.get(name);
      if (sources) {
        sources.push(source);
      } else {
        this.properties.set(name, [source]);
      }
    }
  }

  /** Adds to what the items of a list may be. */
  #add(list: AnyNode, source: Source, by: AnyNode): void {
    if (list.type === "Identifier") {
      this.#current.references.get(list)?.binding?.additions.push(source);
    } else if (list.type === "MemberExpression") {
      this.#assign(list, source, by);
    }
  }
}

const emptyProgram: Program = {
  type: "Program",
  sourceType: "script",
  body: [],
  start: 0,
  end: 0,
};

function nodeSource(node: AnyNode): Source {
  return { kind: "node", node };
}
