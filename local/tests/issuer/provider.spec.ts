import assert from "node:assert/strict";

import { decodeProtectedHeader } from "jose";

import { signAccessToken } from "../../issuer/access-token";
import { issuerFolder } from "../../issuer/issuer";
import { signingKeysIn } from "../../issuer/signing-keys";
import { useRunningIssuer } from "./support/running-issuer";

describe("makeProvider", () => {
  const { issuer, browser } = useRunningIssuer();

  describe("tokens", () => {
    it("are signed JWTs that name the user, for an hour", async () => {
      const before = Math.floor(Date.now() / 1000);
      const tokens = await browser().tokens({ user: "Zoë Ñ" });
      const {
        sub,
        aud,
        iss,
        iat = 0,
        exp = 0,
        jti,
        ...others
      } = await issuer().claimsOf(tokens.access_token);
      assert.deepEqual({ sub, aud, iss }, { sub: "Zoë Ñ", aud: "demo", iss: issuer().url });
      assert.deepEqual(others, { client_id: "app", scope: "openid" });
      assert.ok(iat >= before && exp === iat + 3600);
      assert.match(String(jti), /^[\w-]{43}$/);
      const { token_type, expires_in, scope } = tokens;
      assert.deepEqual([token_type, expires_in, scope], ["Bearer", 3600, "openid"]);
      assert.equal((await issuer().claimsOf(tokens.id_token, "app")).sub, "Zoë Ñ");
    });

    it("say admin of who ticked it, and no more once the same user signs in without", async () => {
      const { access_token, id_token } = await browser().tokens({ admin: true });
      assert.equal((await issuer().claimsOf(access_token)).role, "admin");
      assert.equal((await issuer().claimsOf(id_token, "app")).role, "admin");
      const again = await issuer().browser().tokens();
      assert.equal("role" in (await issuer().claimsOf(again.access_token)), false);
    });

    it("are for the resource that the application names", async () => {
      const parameters = { resource: "https://api.example.com/" };
      const { access_token } = await browser().tokens({ parameters });
      const { aud } = await issuer().claimsOf(access_token, "https://api.example.com/");
      assert.equal(aud, "https://api.example.com/");
    });

    it("are given for the scope openid, whatever else is asked for", async () => {
      const more = await browser().tokens({ parameters: { scope: "openid profile email" } });
      assert.equal(more.scope, "openid");
      assert.equal((await issuer().claimsOf(more.access_token)).scope, "openid");
      for (const scope of ["profile", undefined]) {
        const { query } = await browser().signIn({ parameters: { scope } });
        assert.deepEqual([query.get("error"), query.has("code")], ["access_denied", false]);
      }
    });

    it("have the form of those that npm run token prints", async () => {
      const { access_token } = await browser().tokens({ admin: true });
      const { keys } = await signingKeysIn(issuerFolder(issuer().dataDir));
      const own = await signAccessToken(keys[0], {
        issuer: issuer().url,
        audience: "demo",
        user: "ada",
        isAdmin: true,
      });
      assert.deepEqual(decodeProtectedHeader(own), decodeProtectedHeader(access_token));
      const names = async (token: string) => Object.keys(await issuer().claimsOf(token));
      assert.deepEqual(await names(own), await names(access_token));
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
        const { response } = await browser().authorize({ parameters: { redirect_uri: uri } });
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
        const { response } = await browser().authorize({ parameters: { redirect_uri: uri } });
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
        const { response } = await browser().authorize({ parameters });
        const { searchParams } = new URL(response.headers.get("location") ?? "");
        assert.equal(searchParams.get("error"), "invalid_request");
        assert.match(searchParams.get("error_description") ?? "", /PKCE|code_challenge/);
      }
    });

    it("get nothing for a code with another verifier, nor for one that was used", async () => {
      const stolen = await browser().signIn();
      const wrong = await browser().exchange(stolen.query.get("code") ?? "", "x".repeat(43));
      assert.equal(wrong.status, 400);
      const { query, verifier } = await browser().signIn();
      assert.equal((await browser().exchange(query.get("code") ?? "", verifier)).status, 200);
      const again = await browser().exchange(query.get("code") ?? "", verifier);
      assert.equal(again.status, 400);
      assert.equal(((await again.json()) as { error: string }).error, "invalid_grant");
    });

    it("cannot ask for tokens without a user, nor in the old ways", async () => {
      const { token_endpoint: endpoint } = await browser().discover();
      for (const grant_type of ["client_credentials", "password", "refresh_token"]) {
        const body = new URLSearchParams({ grant_type, client_id: "app" });
        const response = await fetch(endpoint, { method: "POST", body });
        assert.equal(response.status, 400, grant_type);
      }
      const { response } = await browser().authorize({ parameters: { response_type: "token" } });
      assert.match(response.headers.get("location") ?? "", /error=unsupported_response_type/);
    });

    it("may run in a browser on this machine, and on no other's pages", async () => {
      const { query, verifier } = await browser().signIn();
      const code = query.get("code") ?? "";
      const refused = await browser().exchange(code, verifier, "https://app.example.com");
      assert.equal(refused.status, 400);
      assert.equal(refused.headers.get("access-control-allow-origin"), null);
      const taken = await browser().exchange(code, verifier);
      assert.equal(taken.headers.get("access-control-allow-origin"), browser().origin);
    });
  });
});
