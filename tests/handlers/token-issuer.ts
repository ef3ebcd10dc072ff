import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { publicJwk, signed, type TokenKey, tokenKey } from "./token-keys";

/** Answers a request in another way than usual. */
export type Answer = (response: ServerResponse) => void;

export const audience = "darkroom";

/** An issuer on this machine that counts who asks it. */
export class TestIssuer {
  /** Paths that were asked for, in their order. */
  readonly requests: string[] = [];
  /** What is answered in another way, by path. */
  readonly answers = new Map<string, Answer>();
  /** The key set. */
  keys: object[];
  /** Signs the issuer's tokens. */
  readonly key: TokenKey;
  readonly #server: Server;

  constructor(key: TokenKey) {
    this.key = key;
    this.keys = [publicJwk(key)];
    this.#server = createServer(({ url = "" }, response) => {
      this.requests.push(url);
      const answer = this.answers.get(url) ?? answerJson(this.#usual(url));
      answer(response);
    });
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Claims of a token that is accepted at `now`, in seconds since 1970. */
  claims(now: number): Record<string, unknown> {
    return { iss: this.url, aud: audience, sub: "ada-1815", iat: now, nbf: now, exp: now + 300 };
  }

  /** A token by the issuer's key, or another. */
  token(claims: unknown, header: object = {}, key = this.key): string {
    return signed({ alg: key.alg, typ: "at+jwt", kid: key.kid, ...header }, claims, key);
  }

  #usual(url: string): object | undefined {
    const answers: Record<string, object> = {
      [discoveryPath]: { issuer: this.url, jwks_uri: `${this.url}${keysPath}` },
      [keysPath]: { keys: this.keys },
    };
    return answers[url];
  }
}

export const discoveryPath = "/.well-known/openid-configuration";
export const keysPath = "/keys";

/** What is fetched for the keys. */
export const oneFetch = [discoveryPath, keysPath];

/** Answers by JSON, or 404 where there is none. */
export function answerJson(value: object | undefined): Answer {
  return (response) => {
    response.statusCode = value ? 200 : 404;
    response.end(JSON.stringify(value ?? {}));
  };
}

/** Answers by a status alone. */
export function answerStatus(statusCode: number, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(statusCode, headers).end();
  };
}

/** An issuer for each test of a suite. */
export function useIssuer(key = tokenKey("key-1")): () => TestIssuer {
  let issuer: TestIssuer;
  beforeEach(async () => {
    issuer = new TestIssuer(key);
    await issuer.start();
  });
  afterEach(async () => {
    await issuer.stop();
  });
  return () => issuer;
}
