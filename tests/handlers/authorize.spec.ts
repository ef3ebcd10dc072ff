import assert from "node:assert/strict";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { type Authorizer, createHandler } from "../../handlers/authorize";
import { refreshAfter } from "../../handlers/aws/kept-parameter";
import { keysPause, keysRefreshAfter } from "../../handlers/users/tokens/issuer-keys";
import { userHash } from "../../handlers/users/user-hash";
import { authorizerEvent, type AuthorizerRequest, stagePolicy } from "./authorizer-event";
import { planKey, planKeyParameter, usePlanKey } from "./plan-key";
import { context, type Log, logging, useSdkSettings } from "./support";
import {
  answerStatus,
  audience,
  discoveryPath,
  keysPath,
  oneFetch,
  useIssuer,
} from "./token-issuer";
import { publicJwk, tokenKey } from "./token-keys";

/** Milliseconds since 1970. */
const start = Date.UTC(2026, 0, 2, 3, 4, 5);
const startSeconds = start / 1000;

describe("authorize", () => {
  useSdkSettings();
  const issuer = useIssuer();
  const ssm = usePlanKey();
  let now: number;
  let handler: Authorizer;

  beforeEach(() => {
    now = start;
    handler = create();
  });

  function create(settings: Record<string, string> = {}): Authorizer {
    return createHandler(
      {
        OIDC_ISSUER: issuer().url,
        OIDC_AUDIENCE: JSON.stringify([audience, "other-api"]),
        OIDC_USER_CLAIM: "sub",
        OIDC_ADMIN_CLAIM: "",
        OIDC_ADMIN_VALUE: "",
        ALLOW_API_KEYS: "false",
        API_KEY_PARAMETER: planKeyParameter,
        ...settings,
      },
      () => now,
    );
  }

  const token = (claims: object = {}) =>
    issuer().token({ ...issuer().claims(startSeconds), ...claims });
  const ask = (request: AuthorizerRequest) =>
    logging(() => handler(authorizerEvent(request), context));
  const askBy = (text: string) => ask({ headers: { Authorization: [`Bearer ${text}`] } });
  const reads = () => ssm().commandCalls(GetParameterCommand).length;

  /** The error that a request ends with, and what was logged. */
  async function failing(text: string): Promise<Log & { result: Error }> {
    return await logging(() =>
      handler(authorizerEvent({ headers: { Authorization: [`Bearer ${text}`] } }), context).then(
        () => assert.fail("the request was decided"),
        (error: unknown) => error as Error,
      ),
    );
  }

  it("lets a user in to all methods of the stage, on the plan's key", async () => {
    const { result, logs } = await askBy(token());
    assert.deepEqual(result, {
      principalId: userHash("ada-1815"),
      policyDocument: stagePolicy("Allow"),
      context: { kind: "user", userId: "ada-1815", expiresAt: String(startSeconds + 300) },
      usageIdentifierKey: planKey,
    });
    assert.deepEqual(
      logs.map(({ message, outcome, requestId }) => [message, outcome, requestId]),
      [
        ["received", undefined, "request-1"],
        ["started", undefined, "request-1"],
        ["finished", "user", "request-1"],
      ],
    );
  });

  it("passes any user id on in ASCII, and an end in whole seconds", async () => {
    const { result } = await askBy(token({ sub: "Zoë/猫 1", exp: startSeconds + 1.9 }));
    assert.deepEqual(result.context, {
      kind: "user",
      userId: "Zo%C3%AB%2F%E7%8C%AB%201",
      expiresAt: String(startSeconds + 1),
    });
  });

  it("tells admins by a claim, where the stack names one", async () => {
    handler = create({ OIDC_ADMIN_CLAIM: "/realm_access/roles", OIDC_ADMIN_VALUE: "admin" });
    const kindOf = async (roles: unknown) => {
      const { result } = await askBy(token({ realm_access: { roles } }));
      return (result.context as { kind: string }).kind;
    };
    assert.equal(await kindOf(["viewer", "admin"]), "admin");
    assert.equal(await kindOf(["viewer"]), "user");
  });

  it("lets nobody in without a token, also by a key where none are allowed", async () => {
    for (const request of [{}, { headers: { "x-api-key": ["key-of-a-program"] } }]) {
      const { result, logs } = await ask(request);
      assert.deepEqual(result, {
        principalId: "nobody",
        policyDocument: stagePolicy("Deny"),
        context: { reason: "there is none" },
      });
      const { message, outcome, reason } = logs.at(-1) ?? {};
      assert.deepEqual([message, outcome, reason], ["finished", "denied", "there is none"]);
    }
    assert.deepEqual(issuer().requests, []);
  });

  describe("where API keys are allowed", () => {
    beforeEach(() => {
      handler = create({ ALLOW_API_KEYS: "true" });
    });

    it("has the gateway check the key that a program sends, and logs nothing of it", async () => {
      const { result, logs, logText } = await ask({
        headers: { "X-API-Key": ["sent-by-program"] },
      });
      assert.deepEqual(result, {
        principalId: "service",
        policyDocument: stagePolicy("Allow"),
        context: { kind: "service" },
        usageIdentifierKey: "sent-by-program",
      });
      assert.equal(logs.at(-1)?.outcome, "service");
      assert.doesNotMatch(logText, /sent-by-program/);
      assert.deepEqual(issuer().requests, []);
      assert.equal(reads(), 0);
    });

    it("goes by the token where both are sent, however good the key is", async () => {
      const key = { "x-api-key": ["sent-by-program"] };
      const good = await ask({ headers: { Authorization: [`Bearer ${token()}`], ...key } });
      assert.equal(good.result.usageIdentifierKey, planKey);
      const bad = await ask({ headers: { Authorization: ["Bearer no.good.token"], ...key } });
      assert.deepEqual(bad.result.policyDocument, stagePolicy("Deny"));
    });

    it("denies requests with neither", async () => {
      const { result } = await ask({});
      assert.deepEqual(result.context, { reason: "there is none" });
    });
  });

  it("reads keys and parameter once for all requests of a while", async () => {
    await Promise.all([askBy(token())]);
    now += Math.min(refreshAfter, keysRefreshAfter) - 1;
    await askBy(token({ exp: now / 1000 + 60 }));
    assert.deepEqual(issuer().requests, oneFetch);
    assert.equal(reads(), 1);
  });

  it("goes on with known keys while the issuer does not answer, and says so in the log", async () => {
    await askBy(token());
    issuer().answers.set(discoveryPath, answerStatus(500));
    now += keysRefreshAfter;
    const { result, logs } = await askBy(token({ exp: now / 1000 + 60 }));
    assert.deepEqual(result.policyDocument, stagePolicy("Allow"));
    assert.deepEqual(
      logs.map(({ message }) => message),
      ["received", "started", "the issuer's keys could not be read again", "finished"],
    );
  });

  it("fails where the issuer does not answer and the key is unknown", async () => {
    await askBy(token());
    issuer().answers.set(keysPath, answerStatus(503));
    now += keysPause;
    const text = issuer().token(issuer().claims(startSeconds), {}, tokenKey("key-2"));
    const { result, logs, logText } = await failing(text);
    assert.equal(result.message, `${issuer().url}${keysPath} answers 503 instead of 200.`);
    assert.equal(logs.at(-1)?.message, "failed");
    for (const piece of text.split(".")) {
      assert.ok(!logText.includes(piece));
    }
  });

  it("takes tokens of a new key as soon as the issuer has it", async () => {
    await askBy(token());
    const next = tokenKey("key-2");
    const text = issuer().token(issuer().claims(startSeconds), {}, next);
    issuer().keys.push(publicJwk(next));
    now += keysPause;
    assert.deepEqual((await askBy(text)).result.policyDocument, stagePolicy("Allow"));
    assert.deepEqual((await askBy(token())).result.policyDocument, stagePolicy("Allow"));
    assert.deepEqual(issuer().requests, [...oneFetch, ...oneFetch]);
  });

  it("fails where the plan's key cannot be read, and not for tokens that are refused anyway", async () => {
    ssm().on(GetParameterCommand).rejects(new Error("throttled"));
    const { result, logs } = await failing(token());
    assert.equal(result.message, "throttled");
    assert.equal(logs.at(-1)?.message, "failed");
    const refused = await askBy(token({ aud: "another" }));
    assert.deepEqual(refused.result.context, { reason: "it is for another audience" });
  });

  it("fails for an event without an ARN of a method", async () => {
    const event = authorizerEvent({ methodArn: "*" });
    const { result } = await logging(() =>
      assert.rejects(handler(event, context), { message: "The event has no ARN of a method." }),
    );
    assert.equal(result, undefined);
  });

  for (const name of ["OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_USER_CLAIM", "API_KEY_PARAMETER"]) {
    it(`does not start without ${name}`, () => {
      assert.throws(() => create({ [name]: "" }), {
        message: `The environment variable ${name} is not set.`,
      });
    });
  }
});
