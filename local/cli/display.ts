import type { CreatedEvent, EngineEvent } from "../engine/events";
import type { ProgramResult } from "../engine/run-program";
import { nameOf } from "../engine/urn";
import type { StackIdentity } from "../engine/urn";
import type { Step } from "../provider/steps";
import { Diagnostics, shortType } from "./diagnostics";
import { formatOutputs } from "./format-outputs";
import { Printer } from "./printer";
import type { Terminal } from "./printer";

/** How steps are shown, in the order of their counts. */
const marks = {
  create: { sign: "+", verb: "created", color: "green" },
  update: { sign: "~", verb: "updated", color: "yellow" },
  replace: { sign: "+-", verb: "replaced", color: "magenta" },
  delete: { sign: "-", verb: "no longer declared", color: "red" },
  same: { sign: "", verb: "unchanged", color: "reset" },
} as const;

/** Prints a run in the manner of `pulumi up`. */
export class Display {
  readonly printer: Printer;
  /** The program's messages, kept for the end. */
  readonly diagnostics: Diagnostics;
  readonly #recordedTypes = new Set<string>();
  readonly #steps = new Map<string, Step>();
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
  expect(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#steps.set(step.urn, step);
    }
  }

  /** Prints what has been created at once, and keeps diagnostics for the end. */
  show(event: EngineEvent): void {
    if (event.kind === "created") {
      this.#showCreated(event);
    } else {
      this.diagnostics.add(event);
    }
  }

  /** Prints the program's messages, grouped by resource. */
  showDiagnostics(): void {
    this.diagnostics.print(this.printer);
  }

  /** Prints the outputs and what was created. */
  showResult({ stackOutputs }: ProgramResult): void {
    const outputs = formatOutputs(stackOutputs);
    if (outputs.length > 0) {
      this.#heading("Outputs:");
      for (const output of outputs) {
        this.line(output);
      }
    }
    for (const { kind, urn, type } of this.#steps.values()) {
      if (kind === "delete") {
        this.#showStep(kind, type, nameOf(urn), "");
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

  #showCreated({ resource: { type, name, urn }, onlyRecorded, seconds }: CreatedEvent): void {
    const { colors } = this.printer;
    const subject = `${colors.bold(shortType(type))} ${name}`;
    if (onlyRecorded) {
      this.#recordedTypes.add(type);
      this.line(` ${colors.yellow("~")}  ${subject} recorded, not emulated`);
      return;
    }
    const kind = this.#steps.get(urn)?.kind ?? "create";
    this.#showStep(kind, type, name, ` (${seconds.toFixed(1)}s)`);
  }

  /** What stays as it is, is only counted. */
  #showStep(kind: Step["kind"], type: string, name: string, time: string): void {
    const { colors } = this.printer;
    this.#counts[kind]++;
    if (kind !== "same") {
      const subject = `${colors.bold(shortType(type))} ${name}`;
      this.line(` ${this.#mark(kind)} ${subject} ${marks[kind].verb}${time}`);
    }
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
