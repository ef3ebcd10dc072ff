import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { Agent, type OutgoingHttpHeaders, request } from "node:http";
import { json } from "node:stream/consumers";
import type { AuthorizerRequest } from "../../handlers/authorizer-event";
import { type Attack, attacks } from "../../handlers/token-attacks";
import { waitUntil } from "../support/wait-until";
import { useIssuerStack } from "./support/issuer-stack";
import { leaksIn, readLogs } from "./support/logs";

/** A page of this origin asks. */
const origin = "https://app.example.com";

/** What API Gateway takes of a request's line and headers, in bytes. */
const maxHeaderBytes = 10_240;

/** Reasons that are others where HTTP is between: spaces at the end of a header are no part of it. */
const trimmed: Readonly<Record<string, string>> = {
  "nothing at all": "the Authorization header does not hold one",
};

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

describe("requests of attackers", function () {
  this.timeout(60_000);
  const stack = useIssuerStack();
  /** All over one connection, as whoever attacks may share one with others at a proxy. */
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** All tokens that were sent. */
  const sentTokens = new Set<string>();
  const ada = `ada-${randomUUID()}`;
  const bob = `bob-${randomUUID()}`;

  after(() => {
    agent.destroy();
  });

  /** Sends header lines as they are, in any spelling; a list is so many lines. */
  function send(path: string, headers: OutgoingHttpHeaders, method = "GET", body = "") {
    const url = new URL(`${stack().outputs.apiUrl}${path}`);
    const given = { host: url.host, origin, "content-length": body.length, ...headers };
    const lines = Object.entries(given).flatMap(([name, values]) =>
      [values].flat().flatMap((value) => [name, String(value)]),
    );
    return new Promise<Reply>((resolve, reject) => {
      request(url, { method, agent, headers: lines }, (response) => {
        const { statusCode: status = 0, headers: received } = response;
        json(response).then((value) => {
          resolve({ status, headers: received, body: value as Reply["body"] });
        }, reject);
      })
        .on("error", reject)
        .end(body);
      for (const [name, values] of Object.entries(headers)) {
        if (name.toLowerCase() === "authorization") {
          [values].flat().forEach((value) => sentTokens.add(String(value)));
        }
      }
    });
  }

  function assertRefused({ status, headers, body }: Reply, code: string, reason?: string): void {
    assert.deepEqual([status, body.code], [401, code], JSON.stringify(body));
    assert.equal(headers["access-control-allow-origin"], origin);
    assert.equal(
      headers["www-authenticate"],
      code === "Unauthorized" ? "Bearer" : 'Bearer error="invalid_token"',
    );
    assert.match(String(headers["access-control-expose-headers"]), /WWW-Authenticate/);
    if (reason !== undefined) {
      assert.equal(body.error, `The bearer token is not accepted (${reason}).`);
    }
  }

  const me = (token: string) => send("/me", { authorization: `Bearer ${token}` });

  describe("by tokens", () => {
    for (const [kind, all] of Object.entries(attacks)) {
      it(`are refused: ${kind}`, async () => {
        for (const attack of all) {
          await refuse(attack);
        }
      });
    }

    async function refuse({ name, make, reason }: Attack): Promise<void> {
      const { issuer, attacker } = stack();
      const now = Math.floor(Date.now() / 1000);
      const made = make({ issuer, attacker, now, claims: issuer.claims(now) });
      const attempt: AuthorizerRequest =
        typeof made === "string" ? { headers: { authorization: [`Bearer ${made}`] } } : made;
      const lines = attempt.headers ?? {};
      const query = new URLSearchParams(
        Object.entries(attempt.query ?? {}).flatMap(([key, values]) =>
          values.map((value): [string, string] => [key, value]),
        ),
      ).toString();
      const path = query === "" ? "/me" : `/me?${query}`;
      if (!isSendable(lines)) {
        await assert.rejects(send(path, lines), { code: "ERR_INVALID_CHAR" }, name);
        return;
      }
      const reply = await send(path, lines);
      if (sizeOf(lines) > maxHeaderBytes) {
        assert.deepEqual([reply.status, reply.body.code], [400, undefined], name);
      } else if (![lines.authorization, lines.Authorization].flat().some(Boolean)) {
        assertRefused(reply, "Unauthorized");
      } else {
        assertRefused(reply, "InvalidToken", trimmed[name] ?? reason);
      }
    }
  });

  describe("by headers, beside a token that is taken", () => {
    let token: string;
    before(async () => {
      token = await stack().token(ada);
      const { status, body } = await me(token);
      assert.deepEqual([status, body.userId], [200, ada]);
    });

    const good = () => `Bearer ${token}`;
    const several: Record<string, { headers: () => OutgoingHttpHeaders; code?: string }> = {
      "garbage after it": { headers: () => ({ Authorization: [good(), "Bearer garbage"] }) },
      "garbage before it": { headers: () => ({ Authorization: ["Bearer garbage", good()] }) },
      "the same again": { headers: () => ({ Authorization: [good(), good()] }) },
      "another scheme after it": { headers: () => ({ Authorization: [good(), "Basic YTpi"] }) },
      "the same in capitals": { headers: () => ({ authorization: good(), AUTHORIZATION: good() }) },
      // To the gateway, the last is the one that counts.
      "an empty one after it": {
        headers: () => ({ Authorization: [good(), ""] }),
        code: "Unauthorized",
      },
    };
    for (const [name, { headers, code = "InvalidToken" }] of Object.entries(several)) {
      it(`are refused: a second header, ${name}`, async () => {
        for (const [method, path] of [
          ["GET", "/me"],
          ["DELETE", `/images/${randomUUID()}`],
        ] as const) {
          const { status, body } = await send(path, headers(), method);
          assert.deepEqual([status, body.code], [401, code]);
        }
      });
    }

    it("are refused: another user's token as the second header, after either was taken", async () => {
      const other = `Bearer ${await stack().token(bob)}`;
      assert.equal((await send("/me", { authorization: other })).body.userId, bob);
      for (const lines of [
        [good(), other],
        [other, good()],
      ]) {
        const { status, body } = await send("/me", { Authorization: lines });
        assert.deepEqual([status, body.code], [401, "InvalidToken"]);
      }
    });

    it("are of whom the token names, however its header is written", async () => {
      for (const headers of [
        { AUTHORIZATION: good() },
        { aUtHoRiZaTiOn: good() },
        { authorization: `bearer ${token}` },
        { authorization: `BEARER   ${token}` },
        { authorization: `  ${good()}  ` },
      ]) {
        const { status, body } = await send("/me", headers);
        assert.deepEqual([status, body.userId], [200, ada], Object.keys(headers).join());
      }
    });

    it("are each of their own user, one after the other on a connection", async () => {
      for (let time = 0; time < 3; time++) {
        for (const user of [ada, bob]) {
          assert.equal((await me(await stack().token(user))).body.userId, user);
        }
        assert.equal((await me("garbage")).status, 401);
        assertRefused(await send("/me", {}), "Unauthorized");
      }
    });

    it("are refused on all routes by what is kept of another route", async () => {
      const refused = { authorization: `Bearer ${randomUUID()}` };
      for (const [method, path] of [
        ["GET", "/me"],
        ["GET", "/images"],
        ["DELETE", `/images/${randomUUID()}`],
        ["POST", "/process"],
      ] as const) {
        assertRefused(
          await send(path, refused, method),
          "InvalidToken",
          "it is not a signed JSON Web Token",
        );
      }
    });

    it("bring a token where none is looked for", async () => {
      const requests: [string, OutgoingHttpHeaders, string?][] = [
        [`/me?access_token=${token}`, {}],
        [`/me?Authorization=${encodeURIComponent(good())}`, {}],
        ["/me", { cookie: `access_token=${token}; Authorization=${token}` }],
        ["/me", { "x-authorization": good() }],
        ["/me", { "proxy-authorization": good() }],
        ["/me", { "x-amz-security-token": token }],
        ["/me", { "x-forwarded-authorization": good() }],
        [
          "/process",
          { "content-type": "application/x-www-form-urlencoded" },
          `access_token=${token}`,
        ],
        [
          "/process",
          { "content-type": "application/json" },
          JSON.stringify({ access_token: token }),
        ],
      ];
      for (const [path, headers, body] of requests) {
        assertRefused(
          await send(path, headers, body === undefined ? "GET" : "POST", body),
          "Unauthorized",
        );
      }
    });
  });

  it("are refused once the token has expired that the gateway goes on by", async () => {
    // Tokens are taken for a minute after their end, for clocks that differ.
    const token = await stack().token(ada, { expires: -54 });
    assert.equal((await me(token)).status, 200);
    let reply = await me(token);
    await waitUntil(async () => {
      reply = await me(token);
      return reply.status !== 200;
    }, 20_000);
    assert.deepEqual([reply.status, reply.body.code], [401, "TokenExpired"]);
    assert.equal(reply.headers["access-control-allow-origin"], origin);
  });

  describe("afterwards", () => {
    it("have left no part of a token in any log, and asked nobody else for keys", () => {
      const logs = readLogs(stack().dataDir);
      assert.ok(logs.includes("it is not a signed JSON Web Token"));
      assert.ok(sentTokens.size > 200);
      assert.deepEqual(leaksIn(logs, sentTokens), []);
      assert.deepEqual(
        [ada, bob].filter((user) => logs.includes(user)),
        [],
      );
      assert.deepEqual(stack().attacker.requests, []);
    });
  });
});

function isSendable(lines: Record<string, string[]>): boolean {
  return Object.values(lines)
    .flat()
    .every((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value));
}

function sizeOf(lines: Record<string, string[]>): number {
  return JSON.stringify(lines).length;
}
