import { createHash } from "node:crypto";
import type { Deployment } from "../../state";
import type { AuthorizerResult } from "./authorizer-result";

/** Results that are kept at most. A full cache forgets the oldest, and then those are asked for anew. */
const maxResults = 10_000;

interface Entry {
  result: AuthorizerResult;
  expiresAt: number;
}

/**
 * What authorizers said, by deployment: AWS documents no caching beyond a deployment. It holds no
 * identities but their digests.
 */
export class AuthorizerCache {
  readonly #deployments = new WeakMap<Deployment, Map<string, Entry>>();

  /** @param key what the result holds for: stage, authorizer and identity. */
  find(deployment: Deployment, key: readonly unknown[], now: Date): AuthorizerResult | undefined {
    const entry = this.#deployments.get(deployment)?.get(digest(key));
    return entry && entry.expiresAt > now.getTime() ? entry.result : undefined;
  }

  keep(
    deployment: Deployment,
    key: readonly unknown[],
    result: AuthorizerResult,
    expiresAt: Date,
  ): void {
    const entries = this.#deployments.get(deployment) ?? new Map<string, Entry>();
    this.#deployments.set(deployment, entries);
    const name = digest(key);
    entries.delete(name);
    entries.set(name, { result, expiresAt: expiresAt.getTime() });
    const [oldest] = entries.keys();
    if (entries.size > maxResults && oldest !== undefined) {
      entries.delete(oldest);
    }
  }
}

function digest(key: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(key)).digest("base64");
}
