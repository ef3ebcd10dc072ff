import { Buffer } from "./buffer";
import { stopClock } from "./clock";
import { crypto } from "./crypto";
import { host } from "./host";
import { prune } from "./prune";
import { querystring } from "./querystring";
import { TextDecoder, TextEncoder, atob, btoa } from "./text";

/** The function's code, made into a function that runs its top level and returns its handler. */
type Load = () => (event: unknown) => unknown;

/** What the sandbox calls. */
export interface Runtime {
  /** Runs the function for one event, in JSON. What comes of it is had by {@link Runtime.outcome}. */
  run(load: Load, event: string): void;
  /** In JSON, an {@link Outcome}. */
  outcome(): string;
}

/** What came of one run. */
export type Outcome =
  | { kind: "returned"; value?: unknown }
  | { kind: "threw"; message: string }
  /** The handler's promise is waiting for something that never comes. */
  | { kind: "pending" };

declare global {
  // Taken by the sandbox before any code of a function is there.
  var runtime: Runtime;
}

const modules: Readonly<Record<string, unknown>> = { buffer: { Buffer }, crypto, querystring };

const { parse, stringify } = JSON;
let outcome: Outcome = { kind: "pending" };

function threw(error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  outcome = { kind: "threw", message };
}

function returned(value: unknown): void {
  outcome = { kind: "returned", value };
}

const runtime: Runtime = {
  run(load, event) {
    try {
      const value = load()(parse(event));
      if (value instanceof Promise) {
        value.then(returned, threw);
      } else {
        returned(value);
      }
    } catch (error) {
      threw(error);
    }
  },
  outcome() {
    try {
      return stringify(outcome);
    } catch (error) {
      threw(error);
      return stringify(outcome);
    }
  },
};

function require(name: string): unknown {
  const module = Object.keys(modules).includes(name) ? modules[name] : undefined;
  if (module === undefined) {
    throw new Error(`Cannot find module "${name}"`);
  }
  return module;
}

const console = {
  log(line: unknown): void {
    host.log(stringify(typeof line === "object" && line !== null ? stringify(line) : String(line)));
  },
};

const added = { Buffer, TextDecoder, TextEncoder, atob, btoa, console, require };
for (const [name, value] of Object.entries(added)) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
const random = (): number => host.random();
Object.defineProperty(Math, "random", { value: random, writable: true, configurable: true });
stopClock();
prune();
globalThis.runtime = runtime;
