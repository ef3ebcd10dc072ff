import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readJson } from "../files";

/**
 * The ARNs of all subscriptions that were ever confirmed, kept in a file: one that a program declares
 * anew at its next start gets no second confirmation mail.
 */
export class Confirmations {
  readonly #path: string;
  readonly #arns: Set<string>;

  constructor(path: string) {
    this.#path = path;
    this.#arns = new Set(existsSync(path) ? (readJson(path) as string[]) : []);
  }

  /** @returns whether the subscription is new. */
  add(arn: string): boolean {
    if (this.#arns.has(arn)) {
      return false;
    }
    this.#arns.add(arn);
    this.#save();
    return true;
  }

  #save(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const partial = `${this.#path}.partial`;
    writeFileSync(partial, JSON.stringify([...this.#arns]), { mode: 0o600 });
    renameSync(partial, this.#path);
  }
}
