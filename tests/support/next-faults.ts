import type { Fault, FaultInjector, FaultKind } from "../../local/aws/types";

/** Lets the next calls of an operation fail, whoever makes them. */
export class NextFaults implements FaultInjector {
  readonly #kinds = new Map<string, FaultKind[]>();

  /** @param operation its name in the service's API, such as `PutObject`. */
  add(operation: string, kind: FaultKind, count: number): void {
    this.#kinds.set(operation, Array<FaultKind>(count).fill(kind));
  }

  decide(_service: string, operation: string): Fault | undefined {
    const kind = this.#kinds.get(operation)?.shift();
    return kind && { kind, moment: 0 };
  }
}
