import type { Call, CodeIndex } from "./code-index";
import type { Source } from "./scopes";
import { type AnyNode, byType, type Cases, type FunctionNode, isFunction, nameOf } from "./syntax";

/** A name that more properties than this have is anybody's: what is read by it is not followed. */
export const maximumSources = 60;

type Functions = ReadonlySet<FunctionNode>;

const none: Functions = new Set();

/** Which functions are called where. */
export class Callees {
  readonly #index: CodeIndex;
  readonly #found = new Map<unknown, Functions>();
  readonly #callers = new Map<FunctionNode, Call[]>();

  constructor(index: CodeIndex) {
    this.#index = index;
    for (const call of index.calls) {
      const calledBack = call.arguments.filter((argument) => isFunction(argument));
      for (const fn of [...this.called(call), ...calledBack]) {
        const callers = this.#callers.get(fn);
        if (callers) {
          callers.push(call);
        } else {
          this.#callers.set(fn, [call]);
        }
      }
    }
  }

  /** The calls that may call a function, or be given it to call it back. */
  callersOf(fn: FunctionNode): readonly Call[] {
    return this.#callers.get(fn) ?? [];
  }

  /** The functions that a call may call. */
  called(call: Call): Functions {
    const { callee } = call;
    return callee.type === "MemberExpression" && methodOf(call) === "call"
      ? this.functionsOf(callee.object)
      : this.functionsOf(callee);
  }

  /** The functions that an expression may be. */
  functionsOf(node: AnyNode | null | undefined): Functions {
    if (!node) {
      return none;
    }
    if (isFunction(node)) {
      return new Set([node]);
    }
    return byType(node, this.#cases, undefined) ?? none;
  }

  readonly #cases: Cases<Functions> = {
    Identifier: (name) => {
      const binding = this.#index.reference(name)?.binding;
      return this.#from(binding, binding?.writes.map(({ source }) => source) ?? []);
    },
    MemberExpression: ({ property, computed }) =>
      this.#ofProperty(nameOf(property, computed) ?? ""),
    // Another file of the code, as CommonJS loads it.
    CallExpression: ({ callee }) =>
      callee.type === "Identifier" && callee.name === "require"
        ? this.#ofProperty("exports")
        : none,
    SequenceExpression: ({ expressions }) => this.functionsOf(expressions.at(-1)),
    AssignmentExpression: ({ right }) => this.functionsOf(right),
    LogicalExpression: ({ left, right }) =>
      new Set([...this.functionsOf(left), ...this.functionsOf(right)]),
    ChainExpression: ({ expression }) => this.functionsOf(expression),
    ParenthesizedExpression: ({ expression }) => this.functionsOf(expression),
  };

  #ofProperty(name: string): Functions {
    return this.#from(`.${name}`, this.#index.properties.get(name) ?? []);
  }

  #from(key: unknown, sources: readonly Source[]): Functions {
    const known = this.#found.get(key);
    if (known || sources.length > maximumSources) {
      return known ?? none;
    }
    // What leads back here adds nothing.
    this.#found.set(key, none);
    const functions = new Set(sources.flatMap((source) => [...this.#ofSource(source)]));
    this.#found.set(key, functions);
    return functions;
  }

  #ofSource(source: Source): Functions {
    if (source.kind === "made") {
      return none;
    }
    return source.kind === "node" ? this.functionsOf(source.node) : this.#ofProperty(source.name);
  }
}

/** The name of the method that is called. */
export function methodOf({ callee }: Call): string | undefined {
  return callee.type === "MemberExpression" ? nameOf(callee.property, callee.computed) : undefined;
}
