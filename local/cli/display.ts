import type { Notice } from "../aws/notice";
import type { CreatedEvent, DeletedEvent, EngineEvent } from "../engine/events";
import type { ProgramResult } from "../engine/run-program";
import { nameOf } from "../engine/urn";
import type { StackIdentity } from "../engine/urn";
import type { Loss } from "./losses";
import type { Step } from "../provider/steps";
import { withoutSecrets } from "../trace/secrets";
import { changeLines, formatDiff } from "./change-lines";
import { Diagnostics, shortType } from "./diagnostics";
import { formatOutputs } from "./format-outputs";
import type { PlannedStep } from "./last-run";
import { Printer } from "./printer";
import type { Terminal } from "./printer";
import type { RunRecord, StepRecord } from "./run-record";
import { shownNotice, shownOutputs } from "./shown-values";

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
    const title = this.printer.colors.bold(
      this.printer.colors.magenta(`Updating (${identity.stack}):`),
    );
    this.printer.line(title, { type: "start", ...identity });
  }

  /** Whether anything was done that changes what there is. */
  get hasChanged(): boolean {
    const { same: _same, ...changes } = this.#counts;
    return Object.values(changes).some((count) => count > 0);
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
  showSteps(title: string, steps: readonly Loss[]): void {
    this.#heading(title);
    for (const { step, meaning } of steps) {
      const text = ` ${this.#mark(step.kind)} ${this.#subject(step)} ${step.kind}${meaning}`;
      const { kind: op, urn, type: resourceType } = step;
      // By itself, it does not go on from a word before it.
      const alone = meaning.replace(/^,? /, "");
      const record = { op, urn, resourceType, name: nameOf(urn), meaning: alone };
      this.printer.lines([text, ...this.#changeLines(step)], { type: "loss", ...record });
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
      this.printer.lines(outputs, { type: "outputs", outputs: shownOutputs(stackOutputs) });
    }
    this.#heading("Resources:");
    const kinds = (Object.keys(marks) as (keyof typeof marks)[]).filter(
      (kind) => this.#counts[kind] > 0,
    );
    const lines = kinds.map(
      (kind) => `    ${this.#mark(kind)}${this.#counts[kind]} ${marks[kind].verb}`,
    );
    this.printer.lines(lines, { type: "resources", counts: this.#counts });
    if (this.#recordedTypes.size > 0) {
      this.line(`    recorded, not emulated: ${[...this.#recordedTypes].sort().join(", ")}`);
    }
  }

  line(text: string, record?: RunRecord): void {
    this.printer.line(text, record);
  }

  /** Prints what services of the local cloud tell. */
  notify(text: string, notice?: Notice): void {
    const color = notice?.type === "error" ? this.printer.colors.red : String;
    const [first = "", ...rest] = withoutSecrets(text).split("\n");
    this.line([color(first), ...rest].join("\n"), notice && shownNotice(notice));
  }

  #showCreated({ resource: { type, urn }, onlyRecorded, seconds }: CreatedEvent): void {
    if (onlyRecorded) {
      this.#recordedTypes.add(type);
      const { colors } = this.printer;
      const text = ` ${colors.yellow("~")}  ${this.#subject({ type, urn })} recorded, not emulated`;
      this.line(text, stepRecord("create", { type, urn }, { seconds, emulated: false }));
      return;
    }
    const step = this.#steps.get(urn) ?? { kind: "create", urn, type, changes: [] };
    this.#counts[step.kind]++;
    // What stays as it is, is only counted.
    if (step.kind !== "same") {
      this.#showDone(step.kind, step, seconds);
    }
  }

  #showDeleted({ resource, seconds }: DeletedEvent): void {
    const { urn, type, isReplaced = false, options } = resource;
    const verb = options.retainOnDelete ? "no longer managed, but left where it is" : "deleted";
    const original = isReplaced ? " original" : "";
    const sign = isReplaced ? this.printer.colors.red("--") : this.#mark("delete");
    this.#counts.delete += isReplaced ? 0 : 1;
    this.line(
      ` ${sign} ${this.#subject({ type, urn })} ${verb}${original}${timeOf(seconds)}`,
      stepRecord(isReplaced ? "delete-replaced" : "delete", { type, urn }, { seconds }),
    );
  }

  #showDone(kind: Exclude<Step["kind"], "same">, step: PlannedStep, seconds: number): void {
    const diff = step.changes.length > 0 ? ` ${formatDiff(step.changes)}` : "";
    const text = ` ${this.#mark(kind)} ${this.#subject(step)} ${marks[kind].verb}${timeOf(seconds)}${diff}`;
    this.printer.lines(
      [text, ...this.#changeLines(step)],
      stepRecord(kind, step, { seconds, changed: step.changes.map(({ path }) => path) }),
    );
  }

  #changeLines(step: PlannedStep): string[] {
    return changeLines(step).map((line) => `      ${line}`);
  }

  #subject({ type, urn }: { type: string; urn: string }): string {
    return `${this.printer.colors.bold(shortType(type))} ${nameOf(urn)}`;
  }

  #mark(kind: Step["kind"]): string {
    const { sign, color } = marks[kind];
    return this.printer.colors[color](sign.padEnd(2));
  }

  #heading(text: string): void {
    this.printer.decoration("");
    this.printer.heading(text);
  }
}

function timeOf(seconds: number): string {
  return ` (${seconds.toFixed(1)}s)`;
}

function stepRecord(
  op: StepRecord["op"],
  { type, urn }: Pick<Step, "type" | "urn">,
  more: Partial<StepRecord>,
): StepRecord {
  const { seconds, ...rest } = more;
  const taken = seconds === undefined ? {} : { seconds: Number(seconds.toFixed(3)) };
  const subject = { urn, resourceType: type, name: nameOf(urn) };
  return { type: "step", op, ...subject, emulated: true, ...taken, ...rest };
}
