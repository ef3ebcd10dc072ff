import type { CreatedEvent, DeletedEvent, EngineEvent } from "../engine/events";
import type { ProgramResult } from "../engine/run-program";
import { nameOf } from "../engine/urn";
import type { StackIdentity } from "../engine/urn";
import type { Step } from "../provider/steps";
import { changeLines, formatDiff } from "./change-lines";
import { Diagnostics, shortType } from "./diagnostics";
import { formatOutputs } from "./format-outputs";
import type { PlannedStep } from "./last-run";
import { Printer } from "./printer";
import type { Terminal } from "./printer";

/** How steps are shown, in the order of their counts. */
const marks = {
  create: { sign: "+", verb: "created", color: "green" },
  update: { sign: "~", verb: "updated", color: "yellow" },
  replace: { sign: "+-", verb: "replaced", color: "magenta" },
  delete: { sign: "-", verb: "deleted", color: "red" },
  same: { sign: "", verb: "unchanged", color: "reset" },
} as const;

/** Prints a run in the manner of `pulumi up`. */
export class Display {
  readonly printer: Printer;
  /** The program's messages, kept for the end. */
  readonly diagnostics: Diagnostics;
  readonly #recordedTypes = new Set<string>();
  readonly #steps = new Map<string, PlannedStep>();
  readonly #counts: Record<Step["kind"], number> = {
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    same: 0,
  };

  constructor(terminal: Terminal, identity: StackIdentity) {
    this.printer = new Printer(terminal);
    this.diagnostics = new Diagnostics(identity);
    this.printer.heading(`Updating (${identity.stack}):`);
  }

  /** Says what the resources that will be created mean to those of the last run. */
  expect(steps: readonly PlannedStep[]): void {
    for (const step of steps) {
      this.#steps.set(step.urn, step);
    }
  }

  /** Prints what has been done at once, and keeps diagnostics for the end. */
  show(event: EngineEvent): void {
    switch (event.kind) {
      case "created":
        this.#showCreated(event);
        break;
      case "deleted":
        this.#showDeleted(event);
        break;
      case "diagnostic":
        this.diagnostics.add(event);
    }
  }

  /** Prints steps that wait to be agreed to, with what each means beside its properties. */
  showSteps(title: string, steps: readonly { step: PlannedStep; meaning: string }[]): void {
    this.#heading(title);
    for (const { step, meaning } of steps) {
      this.line(` ${this.#mark(step.kind)} ${this.#subject(step)} ${step.kind}${meaning}`);
      this.#showChanges(step);
    }
  }

  /** Prints the program's messages, grouped by resource. */
  showDiagnostics(): void {
    this.diagnostics.print(this.printer);
  }

  /** Prints the outputs and what was done. */
  showResult({ stackOutputs }: ProgramResult): void {
    const outputs = formatOutputs(stackOutputs);
    if (outputs.length > 0) {
      this.#heading("Outputs:");
      for (const output of outputs) {
        this.line(output);
      }
    }
    this.#heading("Resources:");
    for (const kind of Object.keys(marks) as (keyof typeof marks)[]) {
      if (this.#counts[kind] > 0) {
        this.line(`    ${this.#mark(kind)}${this.#counts[kind]} ${marks[kind].verb}`);
      }
    }
    if (this.#recordedTypes.size > 0) {
      this.line(`    recorded, not emulated: ${[...this.#recordedTypes].sort().join(", ")}`);
    }
  }

  line(text: string): void {
    this.printer.line(text);
  }

  #showCreated({ resource: { type, urn }, onlyRecorded, seconds }: CreatedEvent): void {
    if (onlyRecorded) {
      this.#recordedTypes.add(type);
      const { colors } = this.printer;
      this.line(` ${colors.yellow("~")}  ${this.#subject({ type, urn })} recorded, not emulated`);
      return;
    }
    const step = this.#steps.get(urn) ?? { kind: "create", urn, type, changes: [] };
    this.#counts[step.kind]++;
    // What stays as it is, is only counted.
    if (step.kind !== "same") {
      this.#showDone(step, seconds);
    }
  }

  #showDeleted({ resource, seconds }: DeletedEvent): void {
    const { urn, type, isReplaced = false, options } = resource;
    const verb = options.retainOnDelete ? "no longer managed, but left where it is" : "deleted";
    const original = isReplaced ? " original" : "";
    const sign = isReplaced ? this.printer.colors.red("--") : this.#mark("delete");
    this.#counts.delete += isReplaced ? 0 : 1;
    this.line(` ${sign} ${this.#subject({ type, urn })} ${verb}${original}${timeOf(seconds)}`);
  }

  #showDone(step: PlannedStep, seconds: number): void {
    const diff = step.changes.length > 0 ? ` ${formatDiff(step.changes)}` : "";
    const { verb } = marks[step.kind];
    this.line(` ${this.#mark(step.kind)} ${this.#subject(step)} ${verb}${timeOf(seconds)}${diff}`);
    this.#showChanges(step);
  }

  #showChanges(step: PlannedStep): void {
    for (const line of changeLines(step)) {
      this.line(`      ${line}`);
    }
  }

  #subject({ type, urn }: { type: string; urn: string }): string {
    return `${this.printer.colors.bold(shortType(type))} ${nameOf(urn)}`;
  }

  #mark(kind: Step["kind"]): string {
    const { sign, color } = marks[kind];
    return this.printer.colors[color](sign.padEnd(2));
  }

  #heading(text: string): void {
    this.line("");
    this.printer.heading(text);
  }
}

function timeOf(seconds: number): string {
  return ` (${seconds.toFixed(1)}s)`;
}
