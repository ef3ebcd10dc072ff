import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from "quickjs-emscripten-core";
import { runtimeScript } from "./bundle-runtime";
import { newEngine, type Engine } from "./engine";
import type { EngineMemory } from "./engine-memory";
import { executionError } from "./function-failure";
import { hostFunctions, type RunState } from "./host-functions";
import { limits } from "./limits";
import type { Outcome } from "./runtime/main";

/** The engine asks after so many steps whether to go on. */
const stepsBetweenChecks = 10_000;

/** Enough for some hundred calls within each other. */
const stackBytes = 64 * 1024;

/**
 * An engine of its own for the code of one function: QuickJS in WebAssembly, whose memory is apart
 * from that of this process and which reaches nothing of it but {@link Host}. `node:vm`, which runs
 * code some times faster, is no such border: what is handed in leads out again.
 *
 * As at the edge, every run starts afresh, the code's top level too: the engine's memory is put back
 * to what it was when the code had been read. That costs some 20 µs, where a new context of the
 * engine would cost 700.
 */
export class Sandbox {
  readonly #context: QuickJSContext;
  readonly #jobs: QuickJSRuntime;
  readonly #memory: EngineMemory;
  readonly #runtime: QuickJSHandle;
  readonly #load: QuickJSHandle;
  #run: RunState = { now: 0, log: () => undefined };
  #checks = 0;

  private constructor({ module, memory }: Engine, code: string) {
    this.#memory = memory;
    this.#jobs = module.newRuntime();
    // Before the process's own stack ends, which the engine could not recover from.
    this.#jobs.setMaxStackSize(stackBytes);
    this.#context = this.#jobs.newContext();
    this.#giveHost();
    this.#evaluate(runtimeScript(), "runtime.js").dispose();
    this.#runtime = this.#take("runtime");
    // On one line with the code's first one: its errors name its own lines.
    this.#load = this.#evaluate(
      `(function(){"use strict";${code}\n;return handler;})`,
      "function.js",
    );
    this.#jobs.setInterruptHandler(() => {
      this.#checks++;
      return !this.#hasSteps;
    });
    memory.leave(limits.memoryBytes);
    memory.save();
  }

  /**
   * @param code was checked already.
   * @throws Error `SyntaxError` where the engine cannot read it.
   */
  static async create(code: string): Promise<Sandbox> {
    return new Sandbox(await newEngine(), code);
  }

  /**
   * Runs the handler for one event.
   *
   * @param event JSON text.
   * @returns what the handler returned, or what its promise came to; `undefined` where it is nothing
   * that JSON has.
   * @throws FunctionFailure `FunctionExecutionError`.
   */
  run(event: string, state: RunState): unknown {
    this.#run = state;
    this.#checks = 0;
    try {
      return valueOf(this.#call(event));
    } catch (error) {
      throw this.#hasSteps
        ? error
        : executionError("The function exceeded its compute utilization.");
    } finally {
      this.#memory.restore();
    }
  }

  #call(event: string): Outcome {
    const context = this.#context;
    const text = context.newString(event);
    context.callMethod(this.#runtime, "run", [this.#load, text]).unwrap();
    if (this.#jobs.hasPendingJob()) {
      // The promises of an async handler. They wait for nothing outside, so that one go is enough.
      this.#jobs.executePendingJobs().unwrap();
    }
    const outcome = context.callMethod(this.#runtime, "outcome", []).unwrap();
    return JSON.parse(context.getString(outcome)) as Outcome;
  }

  get #hasSteps(): boolean {
    return this.#checks * stepsBetweenChecks < limits.computeSteps;
  }

  #giveHost(): void {
    const context = this.#context;
    const host = context.newObject();
    const functions = Object.entries<(...texts: string[]) => number | string | undefined>({
      ...hostFunctions(() => this.#run),
    });
    for (const [name, perform] of functions) {
      const handle = context.newFunction(name, (...given) => {
        const result = perform(...given.map((each) => context.getString(each)));
        return typeof result === "number"
          ? context.newNumber(result)
          : context.newString(result ?? "");
      });
      context.setProp(host, name, handle);
      handle.dispose();
    }
    context.setProp(context.global, "host", host);
    host.dispose();
  }

  /** A global, which no other code finds then. */
  #take(name: string): QuickJSHandle {
    const handle = this.#context.getProp(this.#context.global, name);
    this.#evaluate(`delete globalThis.${name}`, "take.js").dispose();
    return handle;
  }

  #evaluate(script: string, name: string): QuickJSHandle {
    return this.#context.unwrapResult(this.#context.evalCode(script, name));
  }
}

function valueOf(outcome: Outcome): unknown {
  switch (outcome.kind) {
    case "returned":
      return outcome.value;
    case "threw":
      throw executionError(outcome.message);
    case "pending":
      throw executionError("The promise that the handler returned never settles.");
  }
}
