import type { Adapter, AdapterPayload } from "oidc-provider";

interface Entry {
  payload: AdapterPayload;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/**
 * What the issuer knows of sign-ins: sessions, codes, grants. In memory, because a sign-in may end with
 * the local run; access tokens hold all that is needed by themselves.
 */
export class MemoryStore {
  readonly #entries = new Map<string, Entry>();

  /** The entries of one kind, as the package asks for them. */
  adapter(kind: string): Adapter {
    const key = (id: string) => `${kind}:${id}`;
    return {
      upsert: (id, payload, expiresIn = Number.POSITIVE_INFINITY) => {
        this.#sweep();
        this.#entries.set(key(id), { payload, expiresAt: Date.now() + expiresIn * 1000 });
        return Promise.resolve();
      },
      find: (id) => Promise.resolve(this.#get(key(id))),
      findByUid: (uid) => Promise.resolve(this.#find(kind, (payload) => payload.uid === uid)),
      findByUserCode: (code) =>
        Promise.resolve(this.#find(kind, (payload) => payload.userCode === code)),
      consume: (id) => {
        const payload = this.#get(key(id));
        if (payload) {
          payload.consumed = Math.floor(Date.now() / 1000);
        }
        return Promise.resolve();
      },
      destroy: (id) => {
        this.#entries.delete(key(id));
        return Promise.resolve();
      },
      revokeByGrantId: (grantId) => {
        for (const [entryKey, { payload }] of this.#entries) {
          if (payload.grantId === grantId) {
            this.#entries.delete(entryKey);
          }
        }
        return Promise.resolve();
      },
    };
  }

  #get(key: string): AdapterPayload | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  #find(kind: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of this.#entries) {
      if (key.startsWith(`${kind}:`) && matches(payload)) {
        return this.#get(key);
      }
    }
    return undefined;
  }

  #sweep(): void {
    const now = Date.now();
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt <= now) {
        this.#entries.delete(key);
      }
    }
  }
}
