import assert from "node:assert/strict";
import fc from "fast-check";
import { type Authorizer, createHandler } from "../../handlers/authorize";
import { keysPause } from "../../handlers/users/tokens/issuer-keys";
import type { Decision } from "../../handlers/users/tokens/policy";
import { authorizerEvent, type AuthorizerRequest, stagePolicy } from "./authorizer-event";
import { planKeyParameter, usePlanKey } from "./plan-key";
import { context, logging } from "./support";
import { attackerKey, attacks, type AttackTools } from "./token-attacks";
import { audience, oneFetch, useIssuer } from "./token-issuer";
import { part, tokenKey } from "./token-keys";

/** Milliseconds since 1970. */
const now = Date.UTC(2026, 0, 2, 3, 4, 5);

/** So much of what was sent must not be found in a log. */
const pieceLength = 12;

describe("authorize, attacked by tokens", () => {
  usePlanKey();
  const issuer = useIssuer(tokenKey("key-1", "RS256"));
  const attacker = useIssuer(attackerKey());

  const tools = (): AttackTools => ({
    issuer: issuer(),
    now: now / 1000,
    claims: issuer().claims(now / 1000),
    attacker: attacker(),
  });

  function create() {
    const settings = {
      OIDC_ISSUER: issuer().url,
      OIDC_AUDIENCE: JSON.stringify([audience, "other-api"]),
      OIDC_USER_CLAIM: "sub",
      ALLOW_API_KEYS: "true",
      API_KEY_PARAMETER: planKeyParameter,
    };
    return createHandler(settings, () => now);
  }

  for (const [kind, all] of Object.entries(attacks)) {
    describe(kind, () => {
      for (const { name, make, reason } of all) {
        it(`refuses ${name}`, async () => {
          const made = make(tools());
          const request: AuthorizerRequest =
            typeof made === "string" ? { headers: { Authorization: [`Bearer ${made}`] } } : made;
          const { result, logs, logText } = await logging(() =>
            create()(authorizerEvent(request), context),
          );
          assert.deepEqual(result, {
            principalId: "nobody",
            policyDocument: stagePolicy("Deny"),
            context: { reason },
          });
          assert.match(reason, /^[A-Za-z0-9 ,]+$/, "goes into JSON as it is");
          assert.deepEqual(
            logs.map(({ message, level, outcome, reason: why }) => [message, level, outcome, why]),
            [
              ["received", "INFO", undefined, undefined],
              ["started", "INFO", undefined, undefined],
              ["finished", "INFO", "denied", reason],
            ],
          );
          assertNothingIsLogged(request, logText);
          assert.ok([0, oneFetch.length].includes(issuer().requests.length), "one fetch at most");
          assert.deepEqual(attacker().requests, []);
        });
      }
    });
  }

  /** Decides about a token, and lets no error out. */
  async function decide(handler: Authorizer, text: string): Promise<Decision> {
    const event = authorizerEvent({ headers: { Authorization: [`Bearer ${text}`] } });
    const { result } = await logging(() => handler(event, context));
    return result;
  }

  for (const [claim, last, first] of [
    ["nbf", 60, 61],
    ["iat", 60, 61],
    ["exp", -59, -60],
  ] as const) {
    it(`takes tokens whose ${claim} is off by a minute at most`, async () => {
      const { claims } = tools();
      const decisions = [last, first].map(async (offset) => {
        const text = issuer().token({ ...claims, [claim]: now / 1000 + offset });
        return (await decide(create(), text)).policyDocument;
      });
      assert.deepEqual(await Promise.all(decisions), [stagePolicy("Allow"), stagePolicy("Deny")]);
    });
  }

  it("refuses whatever nobody has signed", async () => {
    const handler = create();
    const anyPart = fc.oneof(fc.string(), fc.json(), fc.constant('{"alg":"RS256","kid":"key-1"}'));
    const anyToken = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(anyPart, { maxLength: 5 }).map((parts) => parts.map(part).join(".")),
    );
    await fc.assert(
      fc.asyncProperty(anyToken, async (text) => {
        const { policyDocument } = await decide(handler, text);
        assert.deepEqual(policyDocument, stagePolicy("Deny"));
      }),
    );
  });

  it("decides about whatever the issuer has signed, and takes users only as texts", async () => {
    const handler = create();
    const good = issuer().claims(now / 1000);
    const members = Object.entries(good).map(
      ([name, value]) => [name, fc.oneof(fc.constant(value), fc.jsonValue())] as const,
    );
    const others = ["token_use", "typ", "cnf", "client_id", "events"].map(
      (name) => [name, fc.option(fc.jsonValue(), { nil: undefined, freq: 1 })] as const,
    );
    const anyClaims = fc.record(Object.fromEntries([...members, ...others]));
    const anyHeader = fc.record(
      { typ: fc.jsonValue(), kid: fc.jsonValue(), cty: fc.jsonValue(), jwk: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const isLetIn = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constant(good), anyClaims),
        fc.oneof(fc.constant({}), anyHeader),
        async (claims, header) => {
          const { context: found } = await decide(handler, issuer().token(claims, header));
          isLetIn.add("userId" in found);
          if ("userId" in found) {
            const { sub, iss } = claims as Record<string, unknown>;
            assert.equal(decodeURIComponent(found.userId ?? ""), sub);
            assert.equal(iss, issuer().url);
          }
        },
      ),
    );
    assert.deepEqual(isLetIn, new Set([true, false]));
  });

  it("asks the issuer once in ten seconds, however many keys are made up", async () => {
    let time = now;
    const handler = createHandler(
      {
        OIDC_ISSUER: issuer().url,
        OIDC_AUDIENCE: JSON.stringify([audience]),
        OIDC_USER_CLAIM: "sub",
        API_KEY_PARAMETER: planKeyParameter,
      },
      () => time,
    );
    const ask = async (kid: string) => {
      const result = await decide(handler, issuer().token(issuer().claims(now / 1000), { kid }));
      assert.deepEqual(result.context, { reason: "its key is unknown" });
    };
    for (const second of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      time = now + second * 1000;
      await ask(`made-up-${second}`);
    }
    assert.deepEqual(issuer().requests, oneFetch);
    time = now + keysPause;
    for (const kid of ["a", "b", "c"]) {
      await ask(kid);
    }
    assert.deepEqual(issuer().requests, [...oneFetch, ...oneFetch]);
  });
});

/** Neither a piece of any header or parameter, nor a text within a token. */
function assertNothingIsLogged({ headers = {}, query = {} }: AuthorizerRequest, logText: string) {
  const lines = [...Object.values(headers), ...Object.values(query)].flat();
  for (const text of [...lines, ...lines.flatMap(textsWithin)]) {
    for (let index = 0; index + pieceLength <= text.length; index += 1) {
      const piece = text.slice(index, index + pieceLength);
      assert.ok(!logText.includes(piece), `the log holds ${piece}`);
    }
  }
}

/** What the parts of a token hold in JSON: its strings, names included. */
function textsWithin(line: string): string[] {
  return line
    .slice(0, 20_000)
    .split(/[ .]/)
    .flatMap(
      (it) =>
        Buffer.from(it, "base64url")
          .toString()
          .match(/"[^"]+"/g) ?? [],
    )
    .map((it) => it.slice(1, -1));
}
