import assert from "node:assert/strict";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import type { JSONWebKeySet } from "jose";

import { close, listen } from "../../aws/http";
import { issuerFolder, lastIssuerOf } from "../../issuer/issuer";
import { RunningIssuer, useRunningIssuer } from "./support/running-issuer";

describe("LocalIssuer", () => {
  const { issuer, browser } = useRunningIssuer();

  it("publishes where everything is and public keys alone, to any origin", async () => {
    const headers = { origin: "https://app.example.com" };
    const discovery = await fetch(`${issuer().url}/.well-known/openid-configuration`, { headers });
    const document = (await discovery.json()) as Record<string, unknown>;
    assert.equal(discovery.headers.get("access-control-allow-origin"), headers.origin);
    assert.deepEqual(
      [document.issuer, document.jwks_uri, document.token_endpoint_auth_methods_supported],
      [issuer().url, `${issuer().url}/jwks`, ["none"]],
    );
    const jwks = await fetch(`${issuer().url}/jwks`, { headers });
    assert.equal(jwks.headers.get("access-control-allow-origin"), headers.origin);
    const { keys } = (await jwks.json()) as JSONWebKeySet;
    assert.deepEqual(
      keys.map((key) => Object.keys(key).sort()),
      [["alg", "e", "kid", "kty", "n", "use"]],
    );
  });

  it("tells its own address, whatever a client calls it", async () => {
    const options = { headers: { host: "example.com" } };
    const url = `${issuer().url}/.well-known/openid-configuration`;
    const answer = await new Promise<string>((resolve, reject) => {
      httpRequest(url, options, (response) => {
        text(response).then(resolve, reject);
      })
        .on("error", reject)
        .end();
    });
    assert.ok(!answer.includes("example.com"));
    assert.equal((JSON.parse(answer) as { jwks_uri: string }).jwks_uri, `${issuer().url}/jwks`);
  });

  it("prints nothing of its package's to the terminal", async () => {
    const original = { ...console };
    const printed: unknown[][] = [];
    const print = (...words: unknown[]) => printed.push(words);
    Object.assign(console, { debug: print, error: print, info: print, log: print, warn: print });
    try {
      const { id_token: hint } = await browser().tokens();
      await browser().authorize({ parameters: { redirect_uri: "x" } });
      const { end_session_endpoint: endpoint } = await browser().discover();
      await browser().go(`${endpoint}?id_token_hint=${hint}`);
      await browser().go(`${endpoint}/success`);
      await fetch(`${issuer().url}/none`);
    } finally {
      Object.assign(console, original);
    }
    assert.deepEqual(printed, []);
  });

  describe("over restarts", () => {
    it("keeps its address and its keys, so that tokens of before go on to be good", async () => {
      const { access_token } = await browser().tokens();
      const { url } = issuer();
      await issuer().stop();
      await assert.rejects(fetch(url));
      await issuer().restart();
      assert.equal(issuer().url, url);
      assert.deepEqual(lastIssuerOf(issuer().dataDir), { url, audience: "demo" });
      assert.equal((await issuer().claimsOf(access_token)).sub, "ada");
    });

    it("takes another port where its own is taken", async () => {
      const { url } = issuer();
      await issuer().stop();
      const other = createServer();
      await listen(other, Number(new URL(url).port));
      try {
        await issuer().restart();
        assert.notEqual(issuer().url, url);
        assert.equal(lastIssuerOf(issuer().dataDir)?.url, issuer().url);
        const [notice] = issuer().notices.splice(0);
        assert.match(notice ?? "", /^Port \d+ of the token issuer is taken/);
      } finally {
        await close(other);
      }
    });

    it("has keys of its own beside another one", async () => {
      const other = await RunningIssuer.start();
      try {
        assert.notEqual(other.url, issuer().url);
        assert.notDeepEqual(await other.publishedKeys(), await issuer().publishedKeys());
      } finally {
        await other.remove();
      }
    });
  });

  it("says which file is damaged, and goes on once it is whole or gone", async () => {
    const file = join(issuerFolder(issuer().dataDir), "signing-keys.json");
    writeFileSync(file, "{");
    const answer = await fetch(`${issuer().url}/jwks`);
    assert.deepEqual([answer.status, await answer.text()], [500, ""]);
    const said = issuer().notices.splice(0);
    assert.equal(said.length, 1);
    assert.ok(said[0]?.startsWith("The local issuer failed: ") && said[0].includes(file));
    rmSync(file);
    assert.equal((await issuer().publishedKeys()).keys.length, 1);
  });

  it("makes its keys when it is first asked, and lets only their owner read them", async () => {
    const file = join(issuerFolder(issuer().dataDir), "signing-keys.json");
    assert.equal(existsSync(file), false);
    await issuer().publishedKeys();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(issuerFolder(issuer().dataDir)).mode & 0o777, 0o700);
  });
});
