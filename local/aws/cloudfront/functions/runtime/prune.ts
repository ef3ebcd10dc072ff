import {
  arrayMethods,
  documentedGlobals,
  documentedObjects,
  documentedTypedArray,
} from "./documented";

/** Of every function and its prototype; symbols stay, since the language's own methods need them. */
const always = ["length", "name", "prototype", "constructor"];

/**
 * More elements than the runtime's memory holds: only arrays full of holes, and objects that pass
 * for arrays, claim so many. To go through them would take the engine minutes, without a step that
 * is counted.
 */
const mostElements = 262_144;

// Kept here: Reflect goes as well.
const { apply, deleteProperty, get, getPrototypeOf } = Reflect;

/** Takes away what runtime 2.0 does not have. */
export function prune(): void {
  for (const [name, { own, prototype }] of Object.entries(documentedObjects)) {
    keep(get(globalThis, name), own, prototype);
  }
  const typedArray = getPrototypeOf(Uint8Array);
  keep(typedArray, documentedTypedArray.own, documentedTypedArray.prototype);
  arrayMethods.forEach(boundLength);
  forbidEvaluation();
  // At last: what is done above needs some of them.
  const known = new Set([...documentedGlobals, ...Object.keys(documentedObjects)]);
  removeUnless(globalThis, (name) => known.has(name));
}

function keep(object: unknown, own = "", prototype = ""): void {
  if (!isObject(object)) {
    return;
  }
  removeUnless(object, namesIn(own));
  const inherited: unknown = get(object, "prototype");
  if (typeof object === "function" && isObject(inherited)) {
    removeUnless(inherited, namesIn(prototype));
  }
}

function namesIn(list: string): (name: string) => boolean {
  const names = new Set([...always, ...list.split(/\s+/)]);
  return (name) => names.has(name);
}

function removeUnless(object: object, stays: (name: string) => boolean): void {
  for (const name of Object.getOwnPropertyNames(object)) {
    if (!stays(name)) {
      deleteProperty(object, name);
    }
  }
}

function boundLength(name: string): void {
  const method: unknown = get(Array.prototype, name);
  if (typeof method !== "function") {
    return;
  }
  const bounded = function (
    this: ArrayLike<unknown> | null | undefined,
    ...given: unknown[]
  ): unknown {
    if (this !== null && this !== undefined && this.length > mostElements) {
      throw new RangeError(`An array of ${this.length} elements is more than the memory holds.`);
    }
    return apply(method, this, given);
  };
  Object.defineProperty(bounded, "name", { value: name });
  Object.defineProperty(Array.prototype, name, { value: bounded });
}

/** Also where a constructor of functions is found through a function. */
function forbidEvaluation(): void {
  const forbidden = function (): never {
    throw new EvalError("Code generation from strings is disabled");
  };
  const kinds = [
    function () {
      // For its prototype alone.
    },
    async function () {
      // For its prototype alone.
    },
    function* () {
      // For its prototype alone.
    },
    async function* () {
      // For its prototype alone.
    },
  ];
  for (const kind of kinds) {
    const prototype = getPrototypeOf(kind);
    Object.defineProperty(prototype, "constructor", { value: forbidden });
  }
  Object.defineProperty(forbidden, "prototype", { value: Function.prototype });
  Object.defineProperty(forbidden, "name", { value: "Function" });
  Object.defineProperty(globalThis, "Function", { value: forbidden });
  Object.defineProperty(globalThis, "eval", { value: () => forbidden() });
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
