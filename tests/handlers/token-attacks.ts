import { createHmac, type KeyObject } from "node:crypto";
import type { AuthorizerRequest } from "./authorizer-event";
import type { TestIssuer } from "./token-issuer";
import { part, publicJwk, signed, type TokenKey, tokenKey } from "./token-keys";

/** What an attack may use. */
export interface AttackTools {
  /** Its key is RSA, with `RS256`. */
  issuer: TestIssuer;
  /** Seconds since 1970. */
  now: number;
  /** Claims that are accepted. */
  claims: Record<string, unknown>;
  /** Whoever attacks has a key pair, and a server with its public key. */
  attacker: { key: TokenKey; url: string };
}

/** A request that must not be let in. */
export interface Attack {
  name: string;
  /** The token, or a request as a whole. */
  make: (tools: AttackTools) => string | AuthorizerRequest;
  reason: string;
}

const malformed = "it is not a signed JSON Web Token";
const wrongAlgorithm = "its algorithm is not accepted";
const wrongSignature = "its signature is wrong";
const unknownKey = "its key is unknown";
const noAccess = "it is not an access token";
const noTimes = "its times are not seconds since 1970";
const noUser = "its claim of the user is missing, or not a user id";
const otherAudience = "it is for another audience";

/** Tokens of the issuer itself, with other claims. */
function withClaims(reason: string, variants: Record<string, object>): Attack[] {
  return Object.entries(variants).map(([name, more]) => ({
    name,
    reason,
    make: ({ issuer, claims }) => issuer.token({ ...claims, ...more }),
  }));
}

/** Tokens of the issuer itself, without claims. */
function without(reason: string, ...names: string[]): Attack[] {
  return names.map((missing) => ({
    name: `no ${missing}`,
    reason,
    make: ({ issuer, claims }) => issuer.token({ ...claims, [missing]: undefined }),
  }));
}

/** Tokens of the issuer itself, with another header. */
function withHeader(reason: string, variants: Record<string, object>): Attack[] {
  return Object.entries(variants).map(([name, header]) => ({
    name,
    reason,
    make: ({ issuer, claims }) => issuer.token(claims, header),
  }));
}

/** Tokens of the issuer itself, with times so many seconds from now. */
function offsets(reason: string, variants: Record<string, Record<string, number>>): Attack[] {
  return Object.entries(variants).map(([name, times]) => ({
    name,
    reason,
    make: ({ issuer, claims, now }) => {
      const moved = Object.entries(times).map(([claim, offset]) => [claim, now + offset] as const);
      return issuer.token({ ...claims, ...Object.fromEntries(moved) });
    },
  }));
}

/** A header for each value of one parameter, by what it says. */
function variants(name: string, values: readonly unknown[]): Record<string, object> {
  return Object.fromEntries(
    values.map((value) => [`${name} ${JSON.stringify(value).slice(0, 40)}`, { [name]: value }]),
  );
}

/** What has become of a token that would be accepted. */
function spoiled(reason: string, variants: Record<string, (token: string) => string>): Attack[] {
  return Object.entries(variants).map(([name, spoil]) => ({
    name,
    reason,
    make: ({ issuer, claims }) => spoil(issuer.token(claims)),
  }));
}

const noSignature: Attack[] = [
  ...["none", "None", "NONE", "nOnE", "none ", ""].flatMap((alg) => [
    {
      name: `algorithm "${alg}" without a signature`,
      reason: malformed,
      make: ({ claims }: AttackTools) => `${part({ alg, typ: "JWT" })}.${part(claims)}.`,
    },
    {
      name: `algorithm "${alg}" with any signature`,
      reason: wrongAlgorithm,
      make: ({ claims }: AttackTools) =>
        `${part({ alg, kid: "key-1" })}.${part(claims)}.${part("x")}`,
    },
  ]),
];

/** What a public key may be taken for by whoever takes it for a secret. */
const secrets: Record<string, (key: TokenKey) => string | Buffer | KeyObject> = {
  "its PEM": ({ publicKey }) => publicKey.export({ type: "spki", format: "pem" }),
  "its PEM without the last line break": ({ publicKey }) =>
    publicKey.export({ type: "spki", format: "pem" }).toString().trimEnd(),
  "its PEM of PKCS 1": ({ publicKey }) => publicKey.export({ type: "pkcs1", format: "pem" }),
  "its DER": ({ publicKey }) => publicKey.export({ type: "spki", format: "der" }),
  "its JWK": (key) => JSON.stringify(publicJwk(key)),
  "its modulus": (key) => Buffer.from(publicJwk(key).n ?? "", "base64url"),
  nothing: () => "",
};

const hmac: Attack[] = ["256", "384", "512"].flatMap((bits) =>
  Object.entries(secrets).map(([name, secret]) => ({
    name: `HS${bits} with the public key: ${name}`,
    reason: wrongAlgorithm,
    make: ({ issuer, claims }: AttackTools) => {
      const input = `${part({ alg: `HS${bits}`, typ: "JWT", kid: "key-1" })}.${part(claims)}`;
      const code = createHmac(`sha${bits}`, secret(issuer.key)).update(input);
      return `${input}.${code.digest("base64url")}`;
    },
  })),
);

const otherAlgorithms: Attack[] = withHeader(wrongAlgorithm, {
  "no algorithm": { alg: undefined },
  ...variants("alg", [
    ...["RS1", "rs256", "RS256 ", "ES256K", "dir", "RSA-OAEP", "constructor"],
    ...[256, null, ["RS256"], {}],
  ]),
});

const mismatches: Attack[] = [
  ...withHeader(unknownKey, {
    "an algorithm of another kind of key": { alg: "ES256" },
    "an algorithm of another curve": { alg: "EdDSA" },
    "another algorithm than that of the key": { alg: "PS256" },
    "another hash than that of the key": { alg: "RS512" },
  }),
];

const issuers: Attack[] = [
  ...without("it is of another issuer", "iss"),
  ...Object.entries<(url: string) => unknown>({
    "another issuer": () => "https://id.example.com",
    "the issuer with a slash at the end": (url) => `${url}/`,
    "the issuer with another host after it": (url) => `${url}.example.com`,
    "the issuer before another host": (url) => `${url}@example.com`,
    "the issuer in capitals": (url) => url.toUpperCase(),
    "the issuer by https": (url) => url.replace("http:", "https:"),
    "the issuer with a query": (url) => `${url}?`,
    "the issuer with a space": (url) => `${url} `,
    "a list with the issuer": (url) => [url],
    "an object": (url) => ({ [url]: url }),
    "a number": () => 1,
    "no text": () => null,
  }).map(([name, iss]) => ({
    name: `iss: ${name}`,
    reason: "it is of another issuer",
    make: ({ issuer, claims }: AttackTools) => issuer.token({ ...claims, iss: iss(issuer.url) }),
  })),
  {
    name: "a token of another issuer, by its key",
    reason: "it is of another issuer",
    make: ({ issuer, claims, attacker }) =>
      issuer.token({ ...claims, iss: attacker.url }, {}, attacker.key),
  },
];

const audiences: Attack[] = [
  ...without(otherAudience, "aud"),
  ...withClaims(otherAudience, {
    "aud: another": { aud: "another" },
    "aud: others": { aud: ["another", "one-more"] },
    "aud: none of a list": { aud: [] },
    "aud: longer": { aud: "darkroom2" },
    "aud: shorter": { aud: "dark" },
    "aud: in capitals": { aud: "DARKROOM" },
    "aud: several in one text": { aud: "darkroom other-api" },
    "aud: lists within a list": { aud: [["darkroom"]] },
    "aud: an object": { aud: { darkroom: "darkroom" } },
    "aud: a number": { aud: 1 },
    "aud: null": { aud: null },
    "a client for the audience of what is no token of Cognito": {
      aud: undefined,
      client_id: "darkroom",
    },
    "a client beside an audience": {
      token_use: "access",
      aud: "https://other.example.com",
      client_id: "darkroom",
    },
    "a client beside an empty audience": { token_use: "access", aud: [], client_id: "darkroom" },
    "another client": { token_use: "access", aud: undefined, client_id: "another" },
    "no client": { token_use: "access", aud: undefined },
  }),
];

const times: Attack[] = [
  ...without("it does not say when it expires", "exp"),
  ...offsets("it has expired", {
    "expired a minute ago": { exp: -60 },
    "expired long ago": { exp: -86_400, nbf: -90_000, iat: -90_000 },
  }),
  ...offsets("it is not valid yet", {
    "not valid for two minutes": { nbf: 120 },
    "not valid before tomorrow": { nbf: 86_400, exp: 90_000 },
  }),
  ...offsets("it is issued in the future", { "issued in two minutes": { iat: 120 } }),
  ...["exp", "nbf", "iat"].flatMap((claim) =>
    withClaims(noTimes, {
      [`${claim} as text`]: { [claim]: "1767323045" },
      [`${claim} as a date`]: { [claim]: "2026-01-02T03:04:05Z" },
      [`${claim} in milliseconds`]: { [claim]: 1_767_323_045_000 },
      [`${claim} in a list`]: { [claim]: [1_767_323_045] },
      [`${claim} null`]: { [claim]: null },
      [`${claim} true`]: { [claim]: true },
      [`${claim} below 0`]: { [claim]: -1 },
    }),
  ),
  {
    name: "exp beyond all numbers",
    reason: noTimes,
    make: ({ issuer, claims }) =>
      issuer.token(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999')),
  },
];

const injections = [
  "../../../../dev/null",
  "/etc/passwd",
  "key-1\u0000.pem",
  "' OR '1'='1' --",
  "key-1' UNION SELECT 'secret",
  "https://keys.example.com/jwks.json",
  "file:///etc/passwd",
  "$(id)",
  "{{constructor}}",
  "__proto__",
  "KEY-1",
  " key-1",
  "",
  "\r\nX-Injected: 1",
  "a".repeat(4000),
];

const keyIds: Attack[] = [
  ...withHeader(unknownKey, variants("kid", injections)),
  ...withHeader(
    "the name of its key is not a text",
    variants("kid", [1, true, null, ["key-1"], { $ne: "" }]),
  ),
];

/** Whose key a header says that it is signed by, and where to get it. */
const broughtKeys: Attack[] = Object.entries<(attacker: AttackTools["attacker"]) => object>({
  jku: ({ url }) => ({ jku: `${url}/keys` }),
  x5u: ({ url }) => ({ x5u: `${url}/certificate.pem` }),
  jwk: ({ key }) => ({ jwk: publicJwk(key) }),
  x5c: ({ key }) => ({
    x5c: [key.publicKey.export({ type: "spki", format: "der" }).toString("base64")],
  }),
  "all at once": ({ key, url }) => ({ jku: `${url}/keys`, x5u: url, jwk: publicJwk(key) }),
}).flatMap(([name, more]) =>
  [
    { kid: "key-1", what: "a known key", reason: wrongSignature },
    { kid: "key-666", what: "a key of its own", reason: unknownKey },
  ].map(({ kid, what, reason }) => ({
    name: `${name} beside ${what}`,
    reason,
    make: ({ claims, attacker }: AttackTools) =>
      signed({ alg: "RS256", kid, ...more(attacker) }, claims, attacker.key),
  })),
);

const extensions: Attack[] = withHeader("it asks for an extension", {
  "crit: b64, false": { crit: ["b64"], b64: false },
  "crit: b64, true": { crit: ["b64"], b64: true },
  "crit: exp": { crit: ["exp"], exp: 1 },
  "crit: an unknown one": { crit: ["http://example.com/x"], "http://example.com/x": 1 },
  "crit: none": { crit: [] },
  "crit: no list": { crit: "b64" },
  "crit: null": { crit: null },
});

const types: Attack[] = withHeader(
  "its type is not that of an access token",
  variants("typ", [
    ...["logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE", "JWE", "id+jwt", "text/jwt", ""],
    ...[1, null, ["JWT"]],
  ]),
);

const otherTokens: Attack[] = [
  ...withClaims(noAccess, {
    "an ID token of Cognito": { token_use: "id" },
    "a refresh token": { token_use: "refresh" },
    "another use in capitals": { token_use: "ACCESS" },
    "a use of no text": { token_use: ["access"] },
    "an ID token with the hash of an access token": { at_hash: "77QmUPtjPfzWtF2AnpK9RQ" },
    "an ID token with the hash of a code": { c_hash: "LDktKdoQak3Pk0cnXxCltA" },
    "an ID token with the hash of a state": { s_hash: "LDktKdoQak3Pk0cnXxCltA" },
    "an ID token of Keycloak": { typ: "ID" },
    "a refresh token of Keycloak": { typ: "Refresh" },
    "an offline token of Keycloak": { typ: "Offline" },
    "a logout token": {
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    },
  }),
  ...withClaims("it is bound to a key of its holder, which this API does not check", {
    "bound to a DPoP key": { cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } },
    "bound to a certificate": {
      cnf: { "x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2" },
    },
    "bound to nothing": { cnf: null },
  }),
];

const users: Attack[] = [
  ...without(noUser, "sub"),
  ...withClaims(noUser, {
    "sub: a number": { sub: 12_345_678 },
    "sub: null": { sub: null },
    "sub: a list": { sub: ["ada-1815"] },
    "sub: an object": { sub: { toString: "ada-1815" } },
    "sub: empty": { sub: "" },
    "sub: too long": { sub: "u".repeat(129) },
    "sub: with a line break": { sub: "ada-1815\r\nX-Injected: 1" },
    "sub: with NUL": { sub: "ada-1815\u0000" },
    "sub: half a character": { sub: "ada-1815\ud800" },
    "sub: above": { sub: ".." },
    "sub: a path upwards": { sub: "../../admin-users" },
    "sub: a path upwards of Windows": { sub: "ada-1815\\..\\admin" },
  }),
];

function withSignature(token: string, change: (bytes: Buffer) => Buffer): string {
  return token.replace(/[^.]+$/, (it) =>
    change(Buffer.from(it, "base64url")).toString("base64url"),
  );
}

/** Of a signature of 256 bytes, the last letter has four bits more than are needed. */
function withAnotherLastBit(token: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = letters.indexOf(token.at(-1) ?? "");
  return `${token.slice(0, -1)}${letters.charAt(last ^ 1)}`;
}

const spoiledTokens: Attack[] = [
  ...spoiled(malformed, {
    "bits that stand for nothing": withAnotherLastBit,
    "padding at the end": (token) => `${token}=`,
    "padding within": (token) => token.replace(".", "==."),
    "a space within": (token) => token.replace(".", " ."),
    "a line break at the end": (token) => `${token}\n`,
    "a tab within": (token) => token.replace(".", ".\t"),
    "the other base64 alphabet": (token) => token.replace(".", "+/."),
    "percent-encoding": (token) => token.replaceAll(".", "%2E"),
    quotes: (token) => `"${token}"`,
    "a letter that only looks like one": (token) => token.replace("e", "е"),
    "a NUL": (token) => `${token}\u0000`,
    "a fourth part": (token) => `${token}.${part("x")}`,
    "five parts": (token) => `${token}.${part("x")}.${part("y")}`,
    "two parts": (token) => token.slice(0, token.lastIndexOf(".")),
    "no signature": (token) => token.slice(0, token.lastIndexOf(".") + 1),
    "no claims": (token) => token.replace(/\.[^.]+\./, ".."),
    "no header": (token) => token.replace(/^[^.]+/, ""),
    "base64 of it all": (token) => part(token),
    "base64 of each part": (token) => token.split(".").map(part).join("."),
    "JSON of it": (token) => {
      const [header, payload, signature] = token.split(".");
      return JSON.stringify({ protected: header, payload, signature });
    },
    "two tokens": (token) => `${token}, Bearer ${token}`,
    "two tokens without a comma": (token) => `${token} ${token}`,
    "another word before it": (token) => `Bearer ${token}`,
    "nothing at all": () => "",
  }),
  ...spoiled(wrongSignature, {
    "other claims": (token) => {
      const [header = "", claims = "", signature = ""] = token.split(".");
      const text = Buffer.from(claims, "base64url").toString().replace("ada-1815", "bob-1900");
      return [header, part(text), signature].join(".");
    },
    "another header": (token) => {
      const [, claims, signature] = token.split(".");
      return [part({ alg: "RS256", kid: "key-1" }), claims, signature].join(".");
    },
    "a shorter signature": (token) => withSignature(token, (bytes) => bytes.subarray(0, -8)),
    "a longer signature": (token) =>
      withSignature(token, (bytes) => Buffer.concat([bytes, Buffer.alloc(8)])),
    "a signature of zeros": (token) => withSignature(token, () => Buffer.alloc(256)),
  }),
  {
    name: "a signature by another key of the same name",
    reason: wrongSignature,
    make: ({ issuer, claims, attacker }) => issuer.token(claims, { kid: "key-1" }, attacker.key),
  },
  {
    name: "the signature of another token",
    reason: wrongSignature,
    make: ({ issuer, claims }) => {
      const [, , signature] = issuer.token({ ...claims, sub: "bob-1900" }).split(".");
      return issuer.token(claims).replace(/[^.]+$/, signature ?? "");
    },
  },
];

const contents: Attack[] = [
  ...["[]", "1", "null", '"text"', "{", "", "{} {}", '{"a":\ud800}', "[".repeat(3000)].map(
    (claims) => ({
      name: `claims ${JSON.stringify(claims).slice(0, 20)}`,
      reason: malformed,
      make: ({ issuer }: AttackTools) => issuer.token(claims),
    }),
  ),
  ...["[]", "1", "null", "{"].map((header) => ({
    name: `header ${JSON.stringify(header)}`,
    reason: malformed,
    make: ({ issuer, claims }: AttackTools) => signed(header, claims, issuer.key),
  })),
  {
    name: "claims that are no UTF-8",
    reason: malformed,
    make: ({ issuer, claims }) => {
      const [header, , signature] = issuer.token(claims).split(".");
      return [header, Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url"), signature].join(".");
    },
  },
  {
    name: "a token within a token",
    reason: malformed,
    make: ({ issuer, claims }) => issuer.token(issuer.token(claims), { cty: "JWT" }),
  },
  {
    name: "claims that cannot be made texts",
    reason: otherAudience,
    make: ({ issuer, claims }) =>
      issuer.token({ ...claims, typ: { toString: 1, valueOf: 1 }, aud: { toString: 1 } }),
  },
];

/** Of members that come twice, the last counts, as for the library. */
const duplicates: Attack[] = [
  {
    name: "an accepted algorithm, and then none",
    reason: wrongAlgorithm,
    make: ({ issuer, claims }) =>
      signed('{"alg":"RS256","kid":"key-1","alg":"none"}', claims, issuer.key),
  },
  {
    name: "no algorithm, and then an accepted one",
    reason: wrongSignature,
    make: ({ claims, attacker }) =>
      signed('{"alg":"none","kid":"key-1","alg":"RS256"}', claims, attacker.key),
  },
  ...Object.entries<[string, string]>({
    "our audience, and then another": ['"aud":"another"', otherAudience],
    "a time to end, and then a text": ['"exp":"never"', noTimes],
    "our issuer, and then another": ['"iss":"https://id.example.com"', "it is of another issuer"],
    "a user, and then a number": ['"sub":12345678', noUser],
  }).map(([name, [member, reason]]) => ({
    name,
    reason,
    make: ({ issuer, claims }: AttackTools) =>
      issuer.token(JSON.stringify(claims).replace(/\}$/, `,${member}}`)),
  })),
];

const sizes: Attack[] = [
  {
    name: "a token of 8193 characters",
    reason: "it is longer than 8192 characters",
    make: ({ issuer, claims }) => issuer.token(claims).padEnd(8193, "A"),
  },
  {
    name: "a token of a million characters",
    reason: "it is longer than 8192 characters",
    make: ({ issuer, claims }) => issuer.token({ ...claims, pad: "x".repeat(750_000) }),
  },
];

function authorization(...lines: string[]): AuthorizerRequest {
  return { headers: { Authorization: lines } };
}

/** Requests with a good token in a wrong place. */
function request(name: string, reason: string, make: (token: string) => AuthorizerRequest): Attack {
  return { name, reason, make: ({ issuer, claims }) => make(issuer.token(claims)) };
}

const several = "there are several Authorization headers";
const notOne = "the Authorization header does not hold one";

const requests: Attack[] = [
  request("two headers", several, (it) => authorization(`Bearer ${it}`, "Bearer x.y.z")),
  request("the same header twice", several, (it) => authorization(`Bearer ${it}`, `Bearer ${it}`)),
  request("headers in different case", several, (it) => ({
    headers: { Authorization: [`Bearer ${it}`], authorization: [`Bearer ${it}`] },
  })),
  request("a token in the query", "there is none", (it) => ({
    query: { access_token: [it], Authorization: [`Bearer ${it}`] },
  })),
  request("a token in another header", "there is none", (it) => ({
    headers: { "X-Authorization": [`Bearer ${it}`], Cookie: [`access_token=${it}`] },
  })),
  ...["Basic", "DPoP", "Token", "Bearers", "Bear"].map((scheme) =>
    request(`the scheme ${scheme}`, notOne, (it) => authorization(`${scheme} ${it}`)),
  ),
  request("no scheme", notOne, authorization),
  request("no space", notOne, (it) => authorization(`Bearer${it}`)),
  request("a colon", notOne, (it) => authorization(`Bearer: ${it}`)),
  request("a scheme alone", notOne, () => authorization("Bearer")),
  request("an empty header", notOne, () => authorization("")),
];

/** Everything that must not be let in, though the issuer is there. */
export const attacks: Record<string, Attack[]> = {
  "without a signature": noSignature,
  "by HMAC": hmac,
  "by an algorithm that is not accepted": otherAlgorithms,
  "by an algorithm that does not fit the key": mismatches,
  "of another issuer": issuers,
  "for another audience": audiences,
  "at another time": times,
  "by a made-up key": keyIds,
  "with keys of its own": broughtKeys,
  "with extensions": extensions,
  "of another type": types,
  "that are no access tokens": otherTokens,
  "of no user": users,
  "that are spoiled": spoiledTokens,
  "with other contents": contents,
  "with members twice": duplicates,
  "of a great length": sizes,
  "in another place": requests,
};

/** A key pair for whoever attacks. */
export function attackerKey(): TokenKey {
  return tokenKey("key-666", "RS256");
}
