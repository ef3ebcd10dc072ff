import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";
import type { CreatedEvent, DiagnosticEvent, EngineEvent } from "../engine/events";
import type { ProgramResult } from "../engine/run-program";
import { makeUrn, nameOf, stackType, typeOf } from "../engine/urn";
import type { StackIdentity } from "../engine/urn";
import { formatOutputs } from "./format-outputs";

/** Where the display writes, such as `process.stdout`. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Prints a run in the manner of `pulumi up`; in colour on a terminal, unless `NO_COLOR` is set. */
export class Display {
  readonly #terminal: Terminal;
  readonly #colored: boolean;
  readonly #colors: ReturnType<typeof createColors>;
  readonly #stackUrn: string;
  readonly #diagnostics = new Map<string, DiagnosticEvent[]>();
  readonly #recordedTypes = new Set<string>();
  #created = 0;

  constructor(terminal: Terminal, identity: StackIdentity) {
    this.#terminal = terminal;
    this.#colored = terminal.isTTY === true && !process.env.NO_COLOR;
    this.#colors = createColors(this.#colored);
    const stackName = `${identity.project}-${identity.stack}`;
    this.#stackUrn = makeUrn(identity, stackType, stackName, undefined);
    this.line(this.#colors.bold(this.#colors.magenta(`Updating (${identity.stack}):`)));
  }

  /** Prints what has been created at once, and keeps diagnostics for the end. */
  show(event: EngineEvent): void {
    if (event.kind === "created") {
      this.#showCreated(event);
      return;
    }
    const urn = event.urn ?? this.#stackUrn;
    this.#diagnostics.set(urn, [...(this.#diagnostics.get(urn) ?? []), event]);
  }

  /** Prints the program's messages, grouped by resource. */
  showDiagnostics(): void {
    if (this.#diagnostics.size === 0) {
      return;
    }
    this.#heading("Diagnostics:");
    for (const [urn, events] of this.#diagnostics) {
      this.line(`  ${this.#colors.bold(`${shortType(typeOf(urn))} (${nameOf(urn)}):`)}`);
      for (const event of events) {
        this.line(indent(this.#message(event)));
      }
      this.line("");
    }
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
    this.line(`    ${this.#colors.green(`+ ${this.#created} created`)}`);
    if (this.#recordedTypes.size > 0) {
      this.line(`    recorded, not emulated: ${[...this.#recordedTypes].sort().join(", ")}`);
    }
  }

  line(text: string): void {
    this.#terminal.write(`${text}\n`);
  }

  #showCreated({ resource: { type, name }, onlyRecorded, seconds }: CreatedEvent): void {
    const subject = `${this.#colors.bold(shortType(type))} ${name}`;
    if (onlyRecorded) {
      this.#recordedTypes.add(type);
      this.line(` ${this.#colors.yellow("~")}  ${subject} recorded, not emulated`);
      return;
    }
    this.#created++;
    this.line(` ${this.#colors.green("+")}  ${subject} created (${seconds.toFixed(1)}s)`);
  }

  #message({ severity, message }: DiagnosticEvent): string {
    const text = this.#colored ? message : stripVTControlCharacters(message);
    switch (severity) {
      case "error":
        return `${this.#colors.red("error:")} ${text}`;
      case "warning":
        return `${this.#colors.yellow("warning:")} ${text}`;
      case "info":
        return text;
    }
  }

  #heading(text: string): void {
    this.line(`\n${this.#colors.bold(this.#colors.magenta(text))}`);
  }
}

/** Leaves out the file in a type's module: `aws:s3/bucket:Bucket` is `aws:s3:Bucket`. */
function shortType(type: string): string {
  return type.replace(/^([^:]*:[^/:]*)\/[^:]*:/, "$1:");
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, "    ");
}
