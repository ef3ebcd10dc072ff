import { RecordFolder } from "../record-folder";

/** Why a plan is there with a warning. */
export interface StatusReason {
  /** Such as `INSUFFICIENT_TEST_OBJECT_PERMISSIONS`, where AWS has one. */
  code?: string;
  message: string;
}

interface Reasons {
  id: string;
  reasons: readonly StatusReason[];
}

/** Why plans have warnings, kept over restarts: a plan is tried out when it is made, and not again. */
export class StatusReasons {
  readonly #folder: RecordFolder<Reasons>;
  readonly #byPlan: Map<string, readonly StatusReason[]>;

  constructor(folder: string) {
    this.#folder = new RecordFolder(folder);
    this.#byPlan = new Map(this.#folder.load().map(({ id, reasons }) => [id, reasons]));
  }

  /** None for a plan without a warning. */
  of(id: string): readonly StatusReason[] {
    return this.#byPlan.get(id) ?? [];
  }

  set(id: string, reasons: readonly StatusReason[]): void {
    this.#byPlan.set(id, reasons);
    this.#folder.put(id, { id, reasons });
  }

  delete(id: string): void {
    this.#byPlan.delete(id);
    this.#folder.remove(id);
  }
}
