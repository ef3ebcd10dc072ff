import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";

/** What a test asks the issuer for in another way. */
export interface SignInRequest {
  user?: string;
  admin?: boolean;
  /** Parameters of the authorization request; one that is undefined is left out. */
  parameters?: Readonly<Record<string, string | undefined>>;
}

/** Where the issuer has its endpoints, as its discovery document says. */
export interface Endpoints {
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
  end_session_endpoint: string;
}

/** What the token endpoint answers. */
export interface Tokens {
  access_token: string;
  id_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
}

/** A browser with an application of its own in it: follows redirects, keeps cookies, has no secret. */
export class BrowserClient {
  readonly #issuer: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly redirectUri = "http://localhost:5173/callback";
  readonly origin = "http://localhost:5173";

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  async discover(): Promise<Endpoints> {
    const response = await fetch(`${this.#issuer}/.well-known/openid-configuration`);
    assert.equal(response.status, 200);
    return (await response.json()) as Endpoints;
  }

  /** One request, without following a redirect. */
  async go(url: string, init: Pick<RequestInit, "method" | "body"> = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookies = [...this.#cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`);
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { cookie: cookies.join("; "), accept: "text/html" },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = "", path = "/"] =
        /^([^=]+)=([^;]*)(?:.*?; path=([^;]*))?/i.exec(line) ?? [];
      this.#cookies.set(name, { value, path });
    }
    return response;
  }

  /** Asks for a code. @returns the first answer, and the verifier that goes with the code. */
  async authorize({ parameters = {} }: SignInRequest = {}) {
    const { authorization_endpoint: endpoint } = await this.discover();
    const verifier = randomBytes(32).toString("base64url");
    const query: Record<string, string | undefined> = {
      client_id: "app",
      response_type: "code",
      scope: "openid",
      redirect_uri: this.redirectUri,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      state: "s",
      ...parameters,
    };
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(name, value);
      }
    }
    return { response: await this.go(`${endpoint}?${search.toString()}`), verifier };
  }

  /** Follows redirects within the issuer. @returns the page, or where it leads to. */
  async follow(
    response: Response,
  ): Promise<{ page: Response; url: string } | { location: string }> {
    let current = response;
    let url = response.url;
    for (;;) {
      const location = current.headers.get("location");
      if (location === null) {
        return { page: current, url };
      }
      const next = new URL(location, url).href;
      if (!next.startsWith(`${this.#issuer}/`)) {
        return { location: next };
      }
      url = next;
      current = await this.go(url);
    }
  }

  /** Signs in. @returns the query of the redirect to the application. */
  async signIn(request: SignInRequest = {}) {
    const { response, verifier } = await this.authorize(request);
    const form = await this.follow(response);
    const landed = "page" in form ? await this.submit(form.url, request) : form;
    assert.ok("location" in landed);
    return { query: new URL(landed.location).searchParams, verifier };
  }

  async submit(url: string, { user = "ada", admin = false }: SignInRequest) {
    const body = new URLSearchParams({ user, ...(admin && { admin: "on" }) });
    return this.follow(await this.go(url, { method: "POST", body }));
  }

  /** Trades a code for tokens. */
  async exchange(code: string, verifier: string, origin = this.origin): Promise<Response> {
    const { token_endpoint: endpoint } = await this.discover();
    return fetch(endpoint, {
      method: "POST",
      headers: { origin },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: "app",
        redirect_uri: this.redirectUri,
        code,
        code_verifier: verifier,
      }),
    });
  }

  /** Signs in, and trades the code for tokens. */
  async tokens(request: SignInRequest = {}): Promise<Tokens> {
    const { query, verifier } = await this.signIn(request);
    const response = await this.exchange(query.get("code") ?? "", verifier);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Tokens;
  }
}
