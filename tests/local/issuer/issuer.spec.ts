import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from "jose";

import { close, listen } from "../../../local/aws/http";
import { signAccessToken } from "../../../local/issuer/access-token";
import { LocalIssuer, issuerFolder, lastIssuerOf } from "../../../local/issuer/issuer";
import { signingKeysIn } from "../../../local/issuer/signing-keys";
import { BrowserClient } from "./support/browser-client";

describe("LocalIssuer", () => {
  let dataDir: string;
  let issuer: LocalIssuer;
  let browser: BrowserClient;
  const notices: string[] = [];
  const dataDirs: string[] = [];

  async function start(folder: string): Promise<LocalIssuer> {
    const started = new LocalIssuer({
      dataDir: folder,
      audience: "demo",
      notify: (line) => notices.push(line),
    });
    await started.start();
    return started;
  }

  function newDataDir(): string {
    const folder = mkdtempSync(join(tmpdir(), "issuer-"));
    dataDirs.push(folder);
    return folder;
  }

  beforeEach(async () => {
    dataDir = newDataDir();
    issuer = await start(dataDir);
    browser = new BrowserClient(issuer.url);
  });

  afterEach(async () => {
    await issuer.stop();
    for (const folder of dataDirs.splice(0)) {
      rmSync(folder, { recursive: true });
    }
    assert.deepEqual(notices.splice(0), []);
  });

  async function publishedKeys(url = issuer.url): Promise<JSONWebKeySet> {
    const response = await fetch(`${url}/jwks`);
    return (await response.json()) as JSONWebKeySet;
  }

  /** The claims of a token whose signature is the issuer's. */
  async function claimsOf(token: string, audience = "demo") {
    const keys = createLocalJWKSet(await publishedKeys());
    const options = { issuer: issuer.url, audience, algorithms: ["RS256"] };
    return (await jwtVerify(token, keys, options)).payload;
  }

  describe("tokens", () => {
    it("are signed JWTs that name the user, for an hour", async () => {
      const before = Math.floor(Date.now() / 1000);
      const tokens = await browser.tokens({ user: "Zoë Ñ" });
      const {
        sub,
        aud,
        iss,
        iat = 0,
        exp = 0,
        jti,
        ...others
      } = await claimsOf(tokens.access_token);
      assert.deepEqual({ sub, aud, iss }, { sub: "Zoë Ñ", aud: "demo", iss: issuer.url });
      assert.deepEqual(others, { client_id: "app", scope: "openid" });
      assert.ok(iat >= before && exp === iat + 3600);
      assert.match(String(jti), /^[\w-]{43}$/);
      const { token_type, expires_in, scope } = tokens;
      assert.deepEqual([token_type, expires_in, scope], ["Bearer", 3600, "openid"]);
      assert.equal((await claimsOf(tokens.id_token, "app")).sub, "Zoë Ñ");
    });

    it("say admin of who ticked it, and no more once the same user signs in without", async () => {
      const { access_token, id_token } = await browser.tokens({ admin: true });
      assert.equal((await claimsOf(access_token)).role, "admin");
      assert.equal((await claimsOf(id_token, "app")).role, "admin");
      const again = await new BrowserClient(issuer.url).tokens();
      assert.equal("role" in (await claimsOf(again.access_token)), false);
    });

    it("are for the resource that the application names", async () => {
      const parameters = { resource: "https://api.example.com/" };
      const { access_token } = await browser.tokens({ parameters });
      const { aud } = await claimsOf(access_token, "https://api.example.com/");
      assert.equal(aud, "https://api.example.com/");
    });

    it("are given for the scope openid, whatever else is asked for", async () => {
      const more = await browser.tokens({ parameters: { scope: "openid profile email" } });
      assert.equal(more.scope, "openid");
      assert.equal((await claimsOf(more.access_token)).scope, "openid");
      for (const scope of ["profile", undefined]) {
        const { query } = await browser.signIn({ parameters: { scope } });
        assert.deepEqual([query.get("error"), query.has("code")], ["access_denied", false]);
      }
    });

    it("have the form of those that npm run token prints", async () => {
      const { access_token } = await browser.tokens({ admin: true });
      const { keys } = await signingKeysIn(issuerFolder(dataDir));
      const own = await signAccessToken(keys[0], {
        issuer: issuer.url,
        audience: "demo",
        user: "ada",
        isAdmin: true,
      });
      assert.deepEqual(decodeProtectedHeader(own), decodeProtectedHeader(access_token));
      const names = async (token: string) => Object.keys(await claimsOf(token));
      assert.deepEqual(await names(own), await names(access_token));
    });
  });

  describe("a sign-in", () => {
    it("is asked for once in a session, and again when the application or a sign-out wants it", async () => {
      const { id_token } = await browser.tokens();
      const silent = await browser.authorize({ parameters: { prompt: "none" } });
      const query = new URL(silent.response.headers.get("location") ?? "").searchParams;
      assert.ok(query.has("code"), query.toString());
      const { response } = await browser.authorize({ parameters: { prompt: "login" } });
      assert.match(response.headers.get("location") ?? "", /\/sign-in\//);

      const { end_session_endpoint: endpoint } = await browser.discover();
      const out = new URLSearchParams({
        id_token_hint: id_token,
        post_logout_redirect_uri: "http://127.0.0.1:9/out",
      });
      const page = await (await browser.go(`${endpoint}?${out.toString()}`)).text();
      const [, action = ""] = /action="([^"]+)"/.exec(page) ?? [];
      const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
      const body = new URLSearchParams({ xsrf, logout: "yes" });
      const left = await browser.go(action, { method: "POST", body });
      assert.equal(left.headers.get("location"), "http://127.0.0.1:9/out");
      const anew = await browser.authorize();
      assert.match(anew.response.headers.get("location") ?? "", /\/sign-in\//);
    });

    it("shows a form that says what it is, with the application's hint as text", async () => {
      const parameters = { login_hint: '"><script>alert(1)</script>' };
      const form = await browser.follow((await browser.authorize({ parameters })).response);
      assert.ok("page" in form);
      const html = await form.page.text();
      assert.match(html, /for local use alone/);
      assert.ok(html.includes('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'));
      assert.equal(form.page.headers.get("cache-control"), "no-store");
    });

    for (const [user, problem] of [
      ["  ", /A user name is needed/],
      ["x".repeat(256), /at most 255 characters; this one has 256/],
      ["a\u0007b", /no control characters/],
    ] as const) {
      it(`asks again when the user name is ${JSON.stringify(user.slice(0, 9))}`, async () => {
        const form = await browser.follow((await browser.authorize()).response);
        assert.ok("page" in form);
        const answer = await browser.submit(form.url, { user });
        assert.ok("page" in answer);
        assert.equal(answer.page.status, 400);
        assert.match(await answer.page.text(), problem);
        assert.ok("location" in (await browser.submit(form.url, { user: "ada" })));
      });
    }

    it("leads back to the application when it is cancelled", async () => {
      const form = await browser.follow((await browser.authorize()).response);
      assert.ok("page" in form);
      const body = new URLSearchParams({ cancel: "" });
      const end = await browser.follow(await browser.go(form.url, { method: "POST", body }));
      assert.ok("location" in end);
      const { searchParams } = new URL(end.location);
      assert.deepEqual(
        [searchParams.get("error"), searchParams.get("state")],
        ["access_denied", "s"],
      );
    });

    it("belongs to the browser that began it", async () => {
      const form = await browser.follow((await browser.authorize()).response);
      assert.ok("page" in form);
      const answer = await new BrowserClient(issuer.url).submit(form.url, {});
      assert.ok("page" in answer);
      assert.equal(answer.page.status, 400);
      assert.match(await answer.page.text(), /sign in again/);
    });
  });

  describe("clients", () => {
    for (const uri of [
      "http://localhost/",
      "http://localhost:3000/a/b?c=d",
      "http://127.0.0.1:8080/callback",
      "https://localhost:8443/callback",
      "http://[::1]:4200/",
    ]) {
      it(`may have users led back to ${uri}`, async () => {
        const { response } = await browser.authorize({ parameters: { redirect_uri: uri } });
        assert.equal(response.status, 303);
        assert.match(response.headers.get("location") ?? "", /^\/sign-in\//);
      });
    }

    for (const uri of [
      "https://app.example.com/callback",
      "http://localhost.example.com/",
      "http://127.0.0.1.example.com/",
      "http://localhost@example.com/",
      "http://10.0.0.1/",
      "app:/callback",
      "javascript:alert(1)//localhost",
      undefined,
    ]) {
      it(`may not have users led back to ${String(uri)}, and nobody is led there`, async () => {
        const { response } = await browser.authorize({ parameters: { redirect_uri: uri } });
        assert.equal(response.status, 400);
        assert.equal(response.headers.get("location"), null);
        assert.match(await response.text(), /redirect_uri/);
      });
    }

    it("have to use PKCE, by SHA-256", async () => {
      for (const parameters of [
        { code_challenge: undefined, code_challenge_method: undefined },
        { code_challenge_method: "plain" },
      ]) {
        const { response } = await browser.authorize({ parameters });
        const { searchParams } = new URL(response.headers.get("location") ?? "");
        assert.equal(searchParams.get("error"), "invalid_request");
        assert.match(searchParams.get("error_description") ?? "", /PKCE|code_challenge/);
      }
    });

    it("get nothing for a code with another verifier, nor for one that was used", async () => {
      const stolen = await browser.signIn();
      const wrong = await browser.exchange(stolen.query.get("code") ?? "", "x".repeat(43));
      assert.equal(wrong.status, 400);
      const { query, verifier } = await browser.signIn();
      assert.equal((await browser.exchange(query.get("code") ?? "", verifier)).status, 200);
      const again = await browser.exchange(query.get("code") ?? "", verifier);
      assert.equal(again.status, 400);
      assert.equal(((await again.json()) as { error: string }).error, "invalid_grant");
    });

    it("cannot ask for tokens without a user, nor in the old ways", async () => {
      const { token_endpoint: endpoint } = await browser.discover();
      for (const grant_type of ["client_credentials", "password", "refresh_token"]) {
        const body = new URLSearchParams({ grant_type, client_id: "app" });
        const response = await fetch(endpoint, { method: "POST", body });
        assert.equal(response.status, 400, grant_type);
      }
      const { response } = await browser.authorize({ parameters: { response_type: "token" } });
      assert.match(response.headers.get("location") ?? "", /error=unsupported_response_type/);
    });

    it("may run in a browser on this machine, and on no other's pages", async () => {
      const { query, verifier } = await browser.signIn();
      const code = query.get("code") ?? "";
      const refused = await browser.exchange(code, verifier, "https://app.example.com");
      assert.equal(refused.status, 400);
      assert.equal(refused.headers.get("access-control-allow-origin"), null);
      const taken = await browser.exchange(code, verifier);
      assert.equal(taken.headers.get("access-control-allow-origin"), browser.origin);
    });
  });

  it("publishes where everything is and public keys alone, to any origin", async () => {
    const headers = { origin: "https://app.example.com" };
    const discovery = await fetch(`${issuer.url}/.well-known/openid-configuration`, { headers });
    const document = (await discovery.json()) as Record<string, unknown>;
    assert.equal(discovery.headers.get("access-control-allow-origin"), headers.origin);
    assert.deepEqual(
      [document.issuer, document.jwks_uri, document.token_endpoint_auth_methods_supported],
      [issuer.url, `${issuer.url}/jwks`, ["none"]],
    );
    const jwks = await fetch(`${issuer.url}/jwks`, { headers });
    assert.equal(jwks.headers.get("access-control-allow-origin"), headers.origin);
    const { keys } = (await jwks.json()) as JSONWebKeySet;
    assert.deepEqual(
      keys.map((key) => Object.keys(key).sort()),
      [["alg", "e", "kid", "kty", "n", "use"]],
    );
  });

  it("tells its own address, whatever a client calls it", async () => {
    const options = { headers: { host: "example.com" } };
    const url = `${issuer.url}/.well-known/openid-configuration`;
    const answer = await new Promise<string>((resolve, reject) => {
      httpRequest(url, options, (response) => {
        text(response).then(resolve, reject);
      })
        .on("error", reject)
        .end();
    });
    assert.ok(!answer.includes("example.com"));
    assert.equal((JSON.parse(answer) as { jwks_uri: string }).jwks_uri, `${issuer.url}/jwks`);
  });

  it("loads nothing from elsewhere on any page", async () => {
    await browser.tokens();
    const parameters = { prompt: "login" };
    const form = await browser.follow((await browser.authorize({ parameters })).response);
    assert.ok("page" in form);
    const { end_session_endpoint: endpoint } = await browser.discover();
    const pages = [
      form.page,
      (await browser.authorize({ parameters: { redirect_uri: "http://example.com/" } })).response,
      await browser.go(endpoint),
      await browser.go(`${endpoint}/success`),
      await browser.go(`${issuer.url}/sign-in/none`),
    ];
    for (const page of pages) {
      assert.match(
        page.headers.get("content-security-policy") ?? "",
        /^default-src 'none';/,
        page.url,
      );
      const elsewhere = (await page.text()).match(/(?:https?:)?\/\/[\w.-]+/g) ?? [];
      assert.deepEqual(
        elsewhere.filter((url) => !issuer.url.startsWith(url)),
        [],
        page.url,
      );
    }
  });

  it("prints nothing of its package's to the terminal", async () => {
    const original = { ...console };
    const printed: unknown[][] = [];
    const print = (...words: unknown[]) => printed.push(words);
    Object.assign(console, { debug: print, error: print, info: print, log: print, warn: print });
    try {
      const { id_token: hint } = await browser.tokens();
      await browser.authorize({ parameters: { redirect_uri: "x" } });
      const { end_session_endpoint: endpoint } = await browser.discover();
      await browser.go(`${endpoint}?id_token_hint=${hint}`);
      await browser.go(`${endpoint}/success`);
      await fetch(`${issuer.url}/none`);
    } finally {
      Object.assign(console, original);
    }
    assert.deepEqual(printed, []);
  });

  describe("over restarts", () => {
    it("keeps its address and its keys, so that tokens of before go on to be good", async () => {
      const { access_token } = await browser.tokens();
      const { url } = issuer;
      await issuer.stop();
      await assert.rejects(fetch(url));
      issuer = await start(dataDir);
      assert.equal(issuer.url, url);
      assert.deepEqual(lastIssuerOf(dataDir), { url, audience: "demo" });
      assert.equal((await claimsOf(access_token)).sub, "ada");
    });

    it("takes another port where its own is taken", async () => {
      const { url } = issuer;
      await issuer.stop();
      const other = createServer();
      await listen(other, Number(new URL(url).port));
      try {
        issuer = await start(dataDir);
        assert.notEqual(issuer.url, url);
        assert.equal(lastIssuerOf(dataDir)?.url, issuer.url);
      } finally {
        await close(other);
      }
    });

    it("has keys of its own beside another one", async () => {
      const other = await start(newDataDir());
      try {
        assert.notEqual(other.url, issuer.url);
        const [mine, theirs] = [await publishedKeys(), await publishedKeys(other.url)];
        assert.notDeepEqual(mine, theirs);
      } finally {
        await other.stop();
      }
    });
  });

  it("says which file is damaged, and goes on once it is whole or gone", async () => {
    const file = join(issuerFolder(dataDir), "signing-keys.json");
    writeFileSync(file, "{");
    const answer = await fetch(`${issuer.url}/jwks`);
    assert.deepEqual([answer.status, await answer.text()], [500, ""]);
    const said = notices.splice(0);
    assert.equal(said.length, 1);
    assert.ok(said[0]?.startsWith("The local issuer failed: ") && said[0].includes(file));
    rmSync(file);
    assert.equal((await publishedKeys()).keys.length, 1);
  });

  it("makes its keys when it is first asked, and lets only their owner read them", async () => {
    const file = join(issuerFolder(dataDir), "signing-keys.json");
    assert.equal(existsSync(file), false);
    await publishedKeys();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(issuerFolder(dataDir)).mode & 0o777, 0o700);
  });
});
