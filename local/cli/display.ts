import type { CreatedEvent, EngineEvent } from "../engine/events";
import type { ProgramResult } from "../engine/run-program";
import type { StackIdentity } from "../engine/urn";
import { Diagnostics, shortType } from "./diagnostics";
import { formatOutputs } from "./format-outputs";
import { Printer } from "./printer";
import type { Terminal } from "./printer";

/** Prints a run in the manner of `pulumi up`. */
export class Display {
  readonly printer: Printer;
  /** The program's messages, kept for the end. */
  readonly diagnostics: Diagnostics;
  readonly #recordedTypes = new Set<string>();
  #created = 0;

  constructor(terminal: Terminal, identity: StackIdentity) {
    this.printer = new Printer(terminal);
    this.diagnostics = new Diagnostics(identity);
    this.printer.heading(`Updating (${identity.stack}):`);
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
  showResult(result: ProgramResult): void {
    if (Object.keys(result.outputs).length > 0) {
      this.#heading("Outputs:");
      for (const output of formatOutputs(result)) {
        this.line(output);
      }
    }
    this.#heading("Resources:");
    this.line(`    ${this.printer.colors.green(`+ ${this.#created} created`)}`);
    if (this.#recordedTypes.size > 0) {
      this.line(`    recorded, not emulated: ${[...this.#recordedTypes].sort().join(", ")}`);
    }
  }

  line(text: string): void {
    this.printer.line(text);
  }

  #showCreated({ resource: { type, name }, onlyRecorded, seconds }: CreatedEvent): void {
    const { colors } = this.printer;
    const subject = `${colors.bold(shortType(type))} ${name}`;
    if (onlyRecorded) {
      this.#recordedTypes.add(type);
      this.line(` ${colors.yellow("~")}  ${subject} recorded, not emulated`);
      return;
    }
    this.#created++;
    this.line(` ${colors.green("+")}  ${subject} created (${seconds.toFixed(1)}s)`);
  }

  #heading(text: string): void {
    this.line("");
    this.printer.heading(text);
  }
}
