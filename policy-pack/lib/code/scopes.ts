import type { Identifier } from "acorn";
import {
  type AnyNode,
  byType,
  type Cases,
  childrenOf,
  type FunctionNode,
  isFunction,
  nameOf,
  type Program,
} from "./syntax";

/** A stretch of code that is run as a whole or not at all. */
export interface Place {
  /** The function that it belongs to, or the program. */
  owner: AnyNode;
  outer: Place | undefined;
  isLoop: boolean;
}

/** A value that a name is given. */
export interface Write {
  /** Where in the text; functions that are declared are there from the start. */
  start: number;
  end: number;
  place: Place;
  source: Source;
}

/** Where a value comes from: an expression, a property of any object, or what is made of others. */
export type Source =
  | { kind: "node"; node: AnyNode }
  | { kind: "property"; name: string }
  | { kind: "made"; text: () => number };

/** A variable, a parameter, a function or an import. */
export interface Binding {
  /** Where it is declared. */
  place: Place;
  writes: Write[];
  /** What the items of the list are given that it stands for, at any time. */
  additions: Source[];
  /** Whether the code reads of it what only the event of an authorizer has. */
  isEvent: boolean;
}

/** A name where it is used. */
export interface Reference {
  binding: Binding | undefined;
  place: Place;
}

interface Scope {
  names: Map<string, Binding>;
  outer: Scope | undefined;
  isFunction: boolean;
}

/** What a part of a program is in. */
interface Surroundings {
  scope: Scope;
  place: Place;
}

/** What the names in a program stand for. */
export class Scopes {
  readonly references = new Map<AnyNode, Reference>();
  readonly #places = new Map<AnyNode, Place>();
  readonly #pending: { node: Identifier; scope: Scope; place: Place }[] = [];

  constructor(program: Program) {
    const place = { owner: program, outer: undefined, isLoop: false };
    this.#walk(program, { names: new Map(), outer: undefined, isFunction: true }, place);
    for (const { node, scope, place: at } of this.#pending) {
      this.references.set(node, { binding: found(scope, node.name), place: at });
    }
  }

  /** The place whose values a function's parameters get. */
  placeOf(node: FunctionNode): Place | undefined {
    return this.#places.get(node);
  }

  #walk(node: AnyNode, scope: Scope, place: Place): void {
    if (isFunction(node)) {
      this.#walkFunction(node, scope, place);
    } else if (byType(node, this.#special, { scope, place }) === undefined) {
      const inner = opensScope.has(node.type) ? scopeIn(scope) : scope;
      for (const child of childrenOf(node)) {
        this.#walk(child, inner, isOptional(node, child) ? within(place, node) : place);
      }
    }
  }

  /** Walks what is not as its parts are; `undefined` where the parts are still to be walked. */
  readonly #special: Cases<true | undefined, Surroundings> = {
    Identifier: (node, { scope, place }) => {
      this.#pending.push({ node, scope, place });
      return true;
    },
    MemberExpression: ({ object, property, computed }, around) =>
      this.#walkParts([computed ? property : null, object], around),
    Property: (node, around) => this.#walkKeyed(node, around),
    MethodDefinition: (node, around) => this.#walkKeyed(node, around),
    PropertyDefinition: (node, around) => this.#walkKeyed(node, around),
    ExportSpecifier: ({ local }, around) => this.#walkParts([local], around),
    LabeledStatement: ({ body }, around) => this.#walkParts([body], around),
    BreakStatement: () => true,
    ContinueStatement: () => true,
    ImportSpecifier: ({ local }, around) => this.#walkImported(local, around),
    ImportDefaultSpecifier: ({ local }, around) => this.#walkImported(local, around),
    ImportNamespaceSpecifier: ({ local }, around) => this.#walkImported(local, around),
    ClassDeclaration: ({ id }, { scope, place }) => {
      this.#declare(id, scope, place);
      return undefined;
    },
    VariableDeclaration: ({ declarations, kind }, { scope, place }) => {
      for (const { id } of declarations) {
        this.#declare(id, kind === "var" ? functionScope(scope) : scope, place);
      }
      return undefined;
    },
    WithStatement: (node, { scope, place }) => {
      this.#walkWith(node, scope, place);
      return true;
    },
    CatchClause: ({ param, body }, { scope, place }) => {
      const inner = scopeIn(scope);
      this.#declare(param, inner, place);
      return this.#walkParts([param, body], { scope: inner, place });
    },
  };

  #walkParts(parts: readonly (AnyNode | null | undefined)[], { scope, place }: Surroundings): true {
    for (const part of parts) {
      if (part) {
        this.#walk(part, scope, place);
      }
    }
    return true;
  }

  #walkKeyed(
    {
      key,
      computed,
      value,
    }: { key: AnyNode; computed: boolean; value?: AnyNode | null | undefined },
    around: Surroundings,
  ): true {
    return this.#walkParts([computed ? key : null, value], around);
  }

  #walkImported(local: Identifier, around: Surroundings): true {
    this.#declare(local, around.scope, around.place);
    return this.#walkParts([local], around);
  }

  #walkFunction(node: FunctionNode, outer: Scope, outerPlace: Place): void {
    const scope: Scope = { names: new Map(), outer, isFunction: true };
    const place = { owner: node, outer: undefined, isLoop: false };
    this.#places.set(node, place);
    if (node.id) {
      this.#declare(node.id, node.type === "FunctionDeclaration" ? outer : scope, outerPlace);
      this.#walk(node.id, node.type === "FunctionDeclaration" ? outer : scope, outerPlace);
    }
    for (const param of node.params) {
      this.#declare(param, scope, place);
      this.#walk(param, scope, place);
    }
    // What a function's block declares is declared in the function.
    for (const child of node.body.type === "BlockStatement" ? node.body.body : [node.body]) {
      this.#walk(child, scope, place);
    }
  }

  /** Pulumi hands a serialised callback what it has captured as properties of the object of a `with`. */
  #walkWith(node: AnyNode & { type: "WithStatement" }, outer: Scope, place: Place): void {
    const scope = scopeIn(outer);
    this.#walk(node.object, outer, place);
    for (const property of node.object.type === "ObjectExpression" ? node.object.properties : []) {
      const name =
        property.type === "Property" ? nameOf(property.key, property.computed) : undefined;
      if (property.type === "Property" && name !== undefined) {
        const binding = bindingAt(place);
        scope.names.set(name, binding);
        this.references.set(property.key, { binding, place });
      }
    }
    this.#walk(node.body, scope, place);
  }

  #declare(pattern: AnyNode | null | undefined, scope: Scope, place: Place): void {
    if (pattern?.type !== "Identifier") {
      for (const part of (pattern && byType(pattern, targets, undefined)) ?? []) {
        this.#declare(part, scope, place);
      }
    } else if (!scope.names.has(pattern.name)) {
      scope.names.set(pattern.name, bindingAt(place));
    }
  }
}

/** What a name may have been given where it is used, but for what has surely been replaced. */
export function writesBefore(node: AnyNode, { binding, place }: Reference): Write[] {
  const writes = binding?.writes ?? [];
  const own = writes.filter((write) => write.place.owner === place.owner);
  const others = writes.filter((write) => write.place.owner !== place.owner);
  const last = latest(
    own.filter((write) => write.end <= node.start && isAround(write.place, place)),
  );
  const lastElsewhere = latest(others.filter((write) => write.place === binding?.place));
  return [
    ...own.filter(
      (write) =>
        write.start >= (last?.start ?? -Infinity) &&
        (write.start < node.start || isRepeated(place)),
    ),
    ...(last ? [] : others.filter((write) => write.start >= (lastElsewhere?.start ?? -Infinity))),
  ];
}

function latest(writes: readonly Write[]): Write | undefined {
  return writes.reduce<Write | undefined>(
    (found, write) => (found === undefined || write.start >= found.start ? write : found),
    undefined,
  );
}

function isAround(outer: Place, inner: Place | undefined): boolean {
  return inner !== undefined && (inner === outer || isAround(outer, inner.outer));
}

function isRepeated(place: Place | undefined): boolean {
  return place !== undefined && (place.isLoop || isRepeated(place.outer));
}

function found(scope: Scope | undefined, name: string): Binding | undefined {
  return scope && (scope.names.get(name) ?? found(scope.outer, name));
}

function functionScope(scope: Scope): Scope {
  return scope.isFunction || !scope.outer ? scope : functionScope(scope.outer);
}

function within(outer: Place, node: AnyNode): Place {
  return {
    owner: outer.owner,
    outer,
    isLoop: /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type),
  };
}

/** Statements that declare names of their own, but for functions. */
const opensScope: ReadonlySet<string> = new Set([
  "BlockStatement",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "StaticBlock",
  "SwitchStatement",
]);

/** Of which no part is run for sure when the whole is. */
const optional: ReadonlySet<string> = new Set([
  "DoWhileStatement",
  "ForInStatement",
  "ForOfStatement",
  "SwitchCase",
  "TryStatement",
  "WhileStatement",
]);

/** The part that is run for sure. */
const runParts: Cases<AnyNode | null | undefined> = {
  IfStatement: ({ test }) => test,
  ConditionalExpression: ({ test }) => test,
  LogicalExpression: ({ left }) => left,
  ForStatement: ({ init }) => init,
};

/** Whether a part of a statement or an expression may not be run when the whole is. */
function isOptional(node: AnyNode, child: AnyNode): boolean {
  const run = byType(node, runParts, undefined);
  return optional.has(node.type) || (run !== undefined && child !== run);
}

function bindingAt(place: Place): Binding {
  return { place, writes: [], additions: [], isEvent: false };
}

function scopeIn(outer: Scope): Scope {
  return { names: new Map(), outer, isFunction: false };
}

/** What a pattern gives values to, one step into it. */
const targets: Cases<(AnyNode | null)[]> = {
  ObjectPattern: ({ properties }) =>
    properties.map((one) => (one.type === "Property" ? one.value : one.argument)),
  ArrayPattern: ({ elements }) => elements,
  AssignmentPattern: ({ left }) => [left],
  RestElement: ({ argument }) => [argument],
};
