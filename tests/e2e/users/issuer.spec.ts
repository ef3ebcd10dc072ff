import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { discoveryPath, keysPath } from "../../handlers/token-issuer";
import { publicJwk, type TokenKey, tokenKey } from "../../handlers/token-keys";
import { type Answer, call } from "../support/api";
import { withToken } from "../support/stack";
import { waitUntil } from "../support/wait-until";
import { useIssuerStack } from "./support/issuer-stack";

/** Keys are looked for again after ten seconds at the earliest. */
const deadlineMs = 30_000;

describe("the issuer", function () {
  this.timeout(60_000);
  const stack = useIssuerStack();
  const user = `ada-${randomUUID()}`;

  const me = (token: string) => call(withToken(stack(), token), "/me");

  /** A token that nobody has seen, by a key of the issuer or another. */
  function tokenBy(key: TokenKey): string {
    const { issuer } = stack();
    const now = Math.floor(Date.now() / 1000);
    return issuer.token({ ...issuer.claims(now), sub: user, jti: randomUUID() }, {}, key);
  }

  /** Asks with a new token by `key` until the answer has this status. */
  async function untilAnswered(key: TokenKey, status: number): Promise<Answer> {
    let answer: Answer | undefined;
    await waitUntil(async () => {
      answer = await me(tokenBy(key));
      return answer.status === status;
    }, deadlineMs);
    assert.ok(answer);
    return answer;
  }

  afterEach(() => {
    stack().issuer.answers.clear();
  });

  it("may be out of reach for users whose keys are known, and has others come again", async () => {
    const { issuer } = stack();
    assert.equal((await me(tokenBy(issuer.key))).status, 200);
    for (const path of [discoveryPath, keysPath]) {
      issuer.answers.set(path, (response) => response.destroy());
    }
    const { status, headers, body } = await untilAnswered(tokenKey("key-9", "RS256"), 503);
    assert.deepEqual([status, body.code], [503, "AuthorizationUnavailable"]);
    assert.equal(headers.get("retry-after"), "10");
    assert.equal(headers.get("www-authenticate"), null);
    assert.match(headers.get("access-control-expose-headers") ?? "", /Retry-After/);
    for (let time = 0; time < 3; time++) {
      const known = await me(tokenBy(issuer.key));
      assert.deepEqual([known.status, known.body.userId], [200, user]);
    }
  });

  it("has tokens by a new key taken without a restart, beside those by the old one", async () => {
    const { issuer } = stack();
    const key = tokenKey("key-2", "ES256");
    const old = tokenBy(issuer.key);
    issuer.keys = [publicJwk(key), publicJwk(issuer.key)];
    assert.equal((await untilAnswered(key, 200)).body.userId, user);
    for (const token of [old, tokenBy(issuer.key), tokenBy(key)]) {
      assert.equal((await me(token)).status, 200);
    }
  });
});
