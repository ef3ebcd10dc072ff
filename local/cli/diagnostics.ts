import { stripVTControlCharacters } from "node:util";
import type { DiagnosticEvent } from "../engine/events";
import { makeUrn, nameOf, stackType, typeOf } from "../engine/urn";
import type { StackIdentity } from "../engine/urn";
import type { Printer } from "./printer";
import type { DiagnosticRecord } from "./run-record";

/** Keeps a program's messages for the end, as Pulumi does. */
export class Diagnostics {
  readonly #stackUrn: string;
  readonly #events = new Map<string, DiagnosticEvent[]>();

  constructor(identity: StackIdentity) {
    const stackName = `${identity.project}-${identity.stack}`;
    this.#stackUrn = makeUrn(identity, stackType, stackName, undefined);
  }

  add(event: DiagnosticEvent): void {
    const urn = event.urn ?? this.#stackUrn;
    this.#events.set(urn, [...(this.#events.get(urn) ?? []), event]);
  }

  /** Prints the messages, grouped by resource. */
  print(printer: Printer): void {
    if (this.#events.size === 0) {
      return;
    }
    printer.decoration("");
    printer.heading("Diagnostics:");
    for (const [urn, events] of this.#events) {
      const subject = `  ${printer.colors.bold(`${shortType(typeOf(urn))} (${nameOf(urn)}):`)}`;
      const messages = events.map((event) => indent(messageOf(event, printer)));
      printer.lines([subject, ...messages, ""], events.map(recordOf));
    }
  }
}

function recordOf({ severity, urn, message }: DiagnosticEvent): DiagnosticRecord {
  return {
    type: "diagnostic",
    severity,
    ...(urn !== undefined && { urn }),
    message: stripVTControlCharacters(message),
  };
}

function messageOf({ severity, message }: DiagnosticEvent, { colored, colors }: Printer): string {
  const text = colored ? message : stripVTControlCharacters(message);
  switch (severity) {
    case "error":
      return `${colors.red("error:")} ${text}`;
    case "warning":
      return `${colors.yellow("warning:")} ${text}`;
    case "info":
      return text;
  }
}

/** Leaves out the file in a type's module: `aws:s3/bucket:Bucket` is `aws:s3:Bucket`. */
export function shortType(type: string): string {
  return type.replace(/^([^:]*:[^/:]*)\/[^:]*:/, "$1:");
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, "    ");
}
