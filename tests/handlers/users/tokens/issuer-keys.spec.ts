import assert from "node:assert/strict";
import {
  IssuerKeys,
  keysPause,
  keysRefreshAfter,
  keysRetryAfter,
} from "../../../../handlers/users/tokens/issuer-keys";
import {
  answerJson,
  answerStatus,
  discoveryPath,
  keysPath,
  oneFetch,
  useIssuer,
} from "../../token-issuer";
import { publicJwk, tokenKey } from "../../token-keys";

const [one, two] = [tokenKey("key-1"), tokenKey("key-2")];
const token = { payload: "", signature: "" };

describe("IssuerKeys", () => {
  const issuer = useIssuer(one);
  let now: number;
  let warnings: unknown[][];
  let keys: IssuerKeys;

  beforeEach(() => {
    now = 0;
    warnings = [];
    keys = create();
  });

  function create(timeoutMs = 10_000): IssuerKeys {
    const logger = { warn: (...line: unknown[]) => void warnings.push(line) };
    return new IssuerKeys(issuer().url, logger, { timeoutMs, clock: () => now });
  }

  const find = async (kid: string | undefined, alg = "ES256") =>
    await keys.find({ alg, ...(kid !== undefined && { kid }) }, token);
  const fetches = () => issuer().requests.length / oneFetch.length;
  const noKey = { code: "ERR_JWKS_NO_MATCHING_KEY" };
  const down = { name: "IssuerUnavailableError" };

  it("fetches the keys once for all that ask at the same time", async () => {
    await Promise.all([find("key-1"), find("key-1"), find(undefined)]);
    assert.deepEqual(issuer().requests, oneFetch);
  });

  it("fetches them again after ten minutes, and then no longer knows what was withdrawn", async () => {
    await find("key-1");
    issuer().keys = [publicJwk(two)];
    now = keysRefreshAfter - 1;
    await find("key-1");
    assert.equal(fetches(), 1);
    now = keysRefreshAfter;
    await assert.rejects(find("key-1"), noKey);
    await find("key-2");
    assert.equal(fetches(), 2);
  });

  it("looks for an unknown key at the issuer, once for all that ask at the same time", async () => {
    await find("key-1");
    issuer().keys = [publicJwk(one), publicJwk(two)];
    now = keysPause;
    await Promise.all([find("key-2"), find("key-2"), find("key-1")]);
    assert.equal(fetches(), 2);
  });

  it("does not ask again within ten seconds of an answer: the key is none then", async () => {
    await find("key-1");
    issuer().keys = [publicJwk(two)];
    now = keysPause - 1;
    await assert.rejects(find("key-2"), noKey);
    await assert.rejects(find("key-3"), noKey);
    assert.equal(fetches(), 1);
    now = keysPause;
    await find("key-2");
    await assert.rejects(find("key-3"), noKey);
    assert.equal(fetches(), 2);
  });

  it("cannot say whether there is an unknown key for ten seconds after no answer", async () => {
    await find("key-1");
    issuer().answers.set(discoveryPath, answerStatus(500));
    now = keysPause;
    await assert.rejects(find("key-2"), down);
    issuer().answers.clear();
    issuer().keys = [publicJwk(one), publicJwk(two)];
    now += keysPause - 1;
    await assert.rejects(find("key-2"), down);
    await find("key-1");
    assert.deepEqual(issuer().requests, [...oneFetch, discoveryPath]);
    now += 1;
    await find("key-2");
  });

  it("cannot say anything where there has never been an answer, and asks again in ten seconds", async () => {
    issuer().answers.set(keysPath, answerStatus(404));
    await assert.rejects(find("key-1"), down);
    now = keysPause - 1;
    await assert.rejects(find("key-1"), down);
    assert.equal(fetches(), 1);
    issuer().answers.clear();
    now = keysPause;
    await find("key-1");
    assert.deepEqual(warnings, []);
  });

  it("goes on with known keys through an outage of any length, and asks each half minute", async () => {
    await find("key-1");
    issuer().answers.set(discoveryPath, answerStatus(503));
    now = keysRefreshAfter;
    await find("key-1");
    assert.equal(warnings.length, 1);
    assert.equal(warnings[0]?.[0], "the issuer's keys could not be read again");
    now += keysRetryAfter - 1;
    await find("key-1");
    assert.equal(warnings.length, 1);
    now += 100 * keysRefreshAfter;
    await find("key-1");
    assert.equal(warnings.length, 2);
    issuer().answers.clear();
    now += keysRetryAfter;
    await find("key-1");
    assert.equal(warnings.length, 2);
  });

  for (const [name, set] of Object.entries<object>({
    "no keys": { keys: [] },
    "keys that are no objects": { keys: ["key-1"] },
    "keys of no kind": { keys: [{ kid: "key-1" }] },
    "another member": { key: [publicJwk(one)] },
    "a key alone": publicJwk(one),
    "more than is read": { keys: [{ kty: "EC", pad: "x".repeat(150_000) }] },
  })) {
    it(`keeps what it knows where a set has ${name}`, async () => {
      await find("key-1");
      issuer().answers.set(keysPath, answerJson(set));
      now = keysRefreshAfter;
      await find("key-1");
      assert.equal(warnings.length, 1);
    });
  }

  it("cannot say anything where a set is nested beyond all measure", async () => {
    const depth = 50_000;
    const key = `{"kty":"EC","kid":"key-1","x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    issuer().answers.set(keysPath, (response) => response.end(`{"keys":[${key}]}`));
    await assert.rejects(find("key-1"), down);
  });

  for (const path of oneFetch) {
    it(`gives up an issuer that does not answer at ${path}`, async () => {
      keys = create(50);
      issuer().answers.set(path, () => undefined);
      await assert.rejects(find("key-1"), {
        ...down,
        message: `${issuer().url}${path} does not answer.`,
      });
    });
  }

  it("follows no redirect, wherever it leads", async () => {
    issuer().answers.set(keysPath, answerStatus(302, { Location: `${issuer().url}/other-keys` }));
    issuer().answers.set("/other-keys", answerJson({ keys: [publicJwk(one)] }));
    await assert.rejects(find("key-1"), down);
    assert.deepEqual(issuer().requests, oneFetch);
  });

  describe("without the name of a key", () => {
    it("takes the only one that fits the algorithm", async () => {
      issuer().keys = [publicJwk(tokenKey("rsa", "RS256")), publicJwk(one)];
      const key = await find(undefined);
      assert.ok(key instanceof CryptoKey);
      assert.deepEqual({ ...key.algorithm }, { name: "ECDSA", namedCurve: "P-256" });
    });

    it("takes none of several", async () => {
      issuer().keys = [publicJwk(one), publicJwk(two)];
      await assert.rejects(find(undefined), { code: "ERR_JWKS_MULTIPLE_MATCHING_KEYS" });
    });
  });

  it("takes none of several keys of one name", async () => {
    issuer().keys = [publicJwk(one), publicJwk({ ...two, kid: "key-1" })];
    await assert.rejects(find("key-1"), { code: "ERR_JWKS_MULTIPLE_MATCHING_KEYS" });
  });

  for (const [name, more] of Object.entries<object>({
    "for encryption": { use: "enc" },
    "of another algorithm": { alg: "ES384" },
    "of no algorithm that there is": { alg: "none" },
    "to sign with": { key_ops: ["sign"] },
    "of another kind": { kty: "RSA" },
    "of another curve": { crv: "P-384" },
    "that is a secret": { kty: "oct", k: "c2VjcmV0" },
  })) {
    it(`does not use a key ${name}`, async () => {
      issuer().keys = [publicJwk(one, more)];
      await assert.rejects(find("key-1"), noKey);
    });
  }

  it("uses a key that says neither what it is for nor by which algorithm", async () => {
    issuer().keys = [publicJwk(one, { use: undefined, alg: undefined })];
    await find("key-1");
  });

  it("finds a good key among bad ones", async () => {
    issuer().keys = [{ kty: "EC", kid: "key-0" }, { kty: "XX" }, publicJwk(one)];
    await find("key-1");
  });
});
