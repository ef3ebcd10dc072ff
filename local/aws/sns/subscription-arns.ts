import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The ARNs of all subscriptions that were ever made, kept in a file: a program that declares a
 * subscription anew at its next start gets the same one, and no second confirmation mail.
 */
export class SubscriptionArns {
  readonly #path: string;
  readonly #arns: Map<string, string>;

  constructor(path: string) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, "utf8") : "{}";
    this.#arns = new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  }

  /** @returns the ARN, and whether the subscription is new. */
  obtain(topicArn: string, protocol: string, endpoint: string): { arn: string; isNew: boolean } {
    const key = [topicArn, protocol, endpoint].join(" ");
    const known = this.#arns.get(key);
    if (known !== undefined) {
      return { arn: known, isNew: false };
    }
    const arn = `${topicArn}:${randomUUID()}`;
    this.#arns.set(key, arn);
    this.#save();
    return { arn, isNew: true };
  }

  #save(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const partial = `${this.#path}.partial`;
    writeFileSync(partial, JSON.stringify(Object.fromEntries(this.#arns)), { mode: 0o600 });
    renameSync(partial, this.#path);
  }
}
