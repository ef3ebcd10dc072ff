import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The ARNs of all subscriptions that were ever confirmed, kept in a file: one that a program declares
 * anew at its next start gets no second confirmation mail.
 */
export class Confirmations {
  readonly #path: string;
  readonly #arns: Set<string>;

  constructor(path: string) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, "utf8") : "[]";
    this.#arns = new Set(JSON.parse(text) as string[]);
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
