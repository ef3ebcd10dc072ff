import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { getSignedCookies, getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { refusalOf, withoutSignature } from "../../../aws/cloudfront/signed-access";
import { parseQuery } from "../../../aws/cloudfront/query";

const origin = "https://127.0.0.1:4000";
const now = new Date("2026-01-15T10:00:00Z");
const soon = 1_768_471_260;
const past = 1_768_471_199;

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ecdsa = generateKeyPairSync("ec", { namedCurve: "P-256" });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keys: Record<string, KeyObject> = { KRSA: rsa.publicKey, KECDSA: ecdsa.publicKey };
const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();

/** Base64 as CloudFront wants it. */
const encode = (data: Buffer) =>
  data.toString("base64").replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~");

const signText = (text: string, algorithm = "sha1", key = rsa.privateKey) =>
  encode(createSign(algorithm).update(text).sign(key));

interface Asked {
  cookie?: string;
  address?: string;
}

function refused(url: string, { cookie, address = "192.0.2.2" }: Asked = {}): string | undefined {
  const [, host = "", path = "", query = ""] = /^(https?:\/\/[^/]+)([^?]*)\??(.*)$/.exec(url) ?? [];
  const response = refusalOf({
    request: {
      method: "GET",
      path,
      query: parseQuery(query),
      headers: cookie === undefined ? {} : { cookie },
      secure: host.startsWith("https"),
      address,
    },
    origin: host,
    keyOf: (id) => keys[id],
    now,
  });
  if (response === undefined) {
    return undefined;
  }
  assert.equal(response.status, 403);
  assert.equal(response.headers["content-type"], "text/xml");
  assert.equal(response.headers["x-cache"], "Error from cloudfront");
  const [, code = "", message = ""] =
    /^<\?xml version="1.0" encoding="UTF-8"\?><Error><Code>(.*)<\/Code><Message>(.*)<\/Message><\/Error>$/.exec(
      response.body.toString(),
    ) ?? [];
  return `${code}: ${message}`;
}

const denied = "AccessDenied: Access denied";

function canned(path: string, expires: number | string = soon): string {
  const text = `{"Statement":[{"Resource":"${origin}${path}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
  const start = path.includes("?") ? "&" : "?";
  return `${origin}${path}${start}Expires=${expires}&Signature=${signText(text)}&Key-Pair-Id=KRSA`;
}

const before = { DateLessThan: { "AWS:EpochTime": soon } };

function custom(statement: object, path = "/i/a/thumb"): string {
  return customText(JSON.stringify({ Statement: [statement] }), path);
}

function customText(text: string, path = "/i/a/thumb"): string {
  const start = path.includes("?") ? "&" : "?";
  const policy = encode(Buffer.from(text));
  return `${origin}${path}${start}Policy=${policy}&Signature=${signText(text)}&Key-Pair-Id=KRSA`;
}

describe("refusalOf", () => {
  describe("the SDK's signed URLs", () => {
    for (const [keyPairId, pair] of [
      ["KRSA", rsa],
      ["KECDSA", ecdsa],
    ] as const) {
      for (const algorithm of [undefined, "SHA1", "SHA256"] as const) {
        const settings = {
          keyPairId,
          privateKey: pem(pair.privateKey),
          ...(algorithm && { algorithm }),
        };
        const how = `by ${keyPairId} and ${algorithm ?? "the default hash"}`;

        it(`are taken with a canned policy ${how}`, () => {
          const url = `${origin}/i/a/thumb?download=a%20b.jpg`;
          const dateLessThan = new Date(soon * 1000);
          const signed = getSignedUrl({ ...settings, url, dateLessThan });
          assert.equal(refused(signed), undefined);
          assert.equal(refused(signed.replace("thumb", "large")), denied);
        });

        it(`are taken with a custom policy ${how}`, () => {
          const policy = JSON.stringify({
            Statement: [{ Resource: `${origin}/i/*`, Condition: before }],
          });
          const signed = getSignedUrl({ ...settings, url: `${origin}/i/a/thumb`, policy });
          assert.equal(refused(signed), undefined);
          assert.equal(refused(signed.replace("/i/", "/j/")), denied);
        });

        it(`can be cookies ${how}`, () => {
          const policy = JSON.stringify({
            Statement: [{ Resource: `${origin}/i/*`, Condition: before }],
          });
          const cookies = Object.entries(getSignedCookies({ ...settings, policy }))
            .map(([name, value]) => `${name}=${String(value)}`)
            .join("; ");
          assert.equal(refused(`${origin}/i/a/thumb`, { cookie: `x=1; ${cookies}` }), undefined);
          assert.equal(refused(`${origin}/j/a`, { cookie: cookies }), denied);
        });
      }
    }

    it("are refused when the hash is not the one that they name", () => {
      const url = `${origin}/a`;
      const dateLessThan = new Date(soon * 1000);
      const settings = { url, dateLessThan, keyPairId: "KRSA", privateKey: pem(rsa.privateKey) };
      const signed = getSignedUrl({ ...settings, algorithm: "SHA256" });
      assert.equal(refused(signed.replace("&Hash-Algorithm=SHA256", "")), denied);
      assert.equal(refused(signed.replace("SHA256", "MD5")), denied);
      assert.equal(refused(signed.replace("SHA256", "sha256")), denied);
    });
  });

  describe("a canned policy", () => {
    it("allows the URL that it was made for, until it expires", () => {
      assert.equal(refused(canned("/i/a/thumb")), undefined);
      assert.equal(refused(canned("/i/a/thumb", past)), denied);
      assert.equal(refused(canned("/i/a/thumb", now.getTime() / 1000)), denied);
    });

    it("covers the query as it came, wherever the signature stands in it", () => {
      assert.equal(refused(canned("/i/a?v=%2F+&b&a=")), undefined);
      const [base = "", signature = ""] = canned("/i/a?v=1").split("&Expires=");
      assert.equal(refused(`${origin}/i/a?Expires=${signature}&v=1`), undefined);
      assert.equal(refused(`${base}&w=2&Expires=${signature}`), denied);
      assert.equal(refused(canned("/i/a?v=1&w=2").replace("v=1&w=2", "w=2&v=1")), denied);
      assert.equal(refused(canned("/i/a?v=1").replace("v=1", "v=%31")), denied);
    });

    it("covers scheme, host and path", () => {
      const url = canned("/i/a");
      assert.equal(refused(url.replace("https:", "http:")), denied);
      assert.equal(refused(url.replace("127.0.0.1:4000", "localhost:4000")), denied);
      assert.equal(refused(url.replace("/i/a", "/i/%61")), denied);
      assert.equal(refused(url.replace("/i/a", "/i/a/")), denied);
    });

    it("takes no part of the URL for a wildcard", () => {
      assert.equal(refused(canned("/i/*")), undefined);
      assert.equal(refused(canned("/i/*").replace("/i/*", "/i/a")), denied);
    });

    it("is refused with another time than was signed", () => {
      assert.equal(refused(canned("/i/a").replace(String(soon), String(soon + 1))), denied);
      for (const expires of ["", "soon", "-1", "1e12", "1.5"]) {
        const url = canned("/i/a").replace(`Expires=${soon}`, `Expires=${expires}`);
        assert.equal(refused(url), "MalformedPolicy: Malformed Policy");
      }
    });
  });

  describe("a custom policy", () => {
    const cases: [string, object, string | undefined][] = [
      ["the URL itself", { Resource: `${origin}/i/a/thumb`, Condition: before }, undefined],
      ["no resource at all", { Condition: before }, undefined],
      ["a star over slashes", { Resource: `${origin}/*`, Condition: before }, undefined],
      [
        "a star for the scheme",
        { Resource: `*://127.0.0.1:4000/i/*`, Condition: before },
        undefined,
      ],
      ["a star for nothing", { Resource: `${origin}/i/a/thumb*`, Condition: before }, undefined],
      ["a question mark", { Resource: `${origin}/i/?/thumb`, Condition: before }, undefined],
      [
        "two question marks for one",
        { Resource: `${origin}/i/??/thumb`, Condition: before },
        denied,
      ],
      ["a dot for any", { Resource: `${origin}/i/./thumb`, Condition: before }, denied],
      ["another path", { Resource: `${origin}/i/b/*`, Condition: before }, denied],
      ["the scheme HTTP", { Resource: `http://127.0.0.1:4000/*`, Condition: before }, denied],
      ["other case", { Resource: `${origin}/I/*`, Condition: before }, denied],
    ];
    for (const [what, statement, expected] of cases) {
      it(`${expected === undefined ? "allows" : "does not allow"} by ${what}`, () => {
        assert.equal(refused(custom(statement)), expected);
      });
    }

    it("matches the query as well, without the signature's parameters", () => {
      const statement = { Resource: `${origin}/i/a?size=large`, Condition: before };
      assert.equal(refused(custom(statement, "/i/a?size=large")), undefined);
      assert.equal(refused(custom(statement, "/i/a?size=small")), denied);
      assert.equal(
        refused(custom({ ...statement, Resource: `${origin}/i/a` }, "/i/a?b=1")),
        denied,
      );
    });

    it("begins and ends in time", () => {
      const between = (after: number, until: number) => ({
        Condition: {
          DateLessThan: { "AWS:EpochTime": until },
          DateGreaterThan: { "AWS:EpochTime": after },
        },
      });
      assert.equal(refused(custom(between(past, soon))), undefined);
      assert.equal(refused(custom(between(soon, soon + 60))), denied);
      assert.equal(refused(custom(between(past - 60, past))), denied);
    });

    const ranges: [string, string, string | undefined][] = [
      ["192.0.2.2", "192.0.2.2", undefined],
      ["192.0.2.2/32", "192.0.2.2", undefined],
      ["192.0.2.2/32", "192.0.2.3", denied],
      ["192.0.2.0/24", "192.0.2.255", undefined],
      ["192.0.2.0/24", "192.0.3.0", denied],
      ["0.0.0.0/0", "203.0.113.9", undefined],
      ["0.0.0.0/0", "2001:db8::1", denied],
      ["192.0.2.0/33", "192.0.2.1", denied],
      ["2001:db8::/32", "2001:db8::1", denied],
    ];
    for (const [range, address, expected] of ranges) {
      it(`${expected === undefined ? "lets in" : "keeps out"} ${address} by ${range}`, () => {
        const condition = { ...before, IpAddress: { "AWS:SourceIp": range } };
        assert.equal(refused(custom({ Condition: condition }), { address }), expected);
      });
    }

    for (const [what, text] of [
      ["no JSON", "{"],
      ["no statement", "{}"],
      ["an empty list", '{"Statement":[]}'],
      [
        "two statements",
        JSON.stringify({ Statement: [{ Condition: before }, { Condition: before }] }),
      ],
      ["no end", '{"Statement":[{"Resource":"*","Condition":{}}]}'],
      ["a time in quotes", '{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":"9"}}}]}'],
      [
        "an unknown condition",
        JSON.stringify({ Statement: [{ Condition: { ...before, Referer: { "AWS:Is": "x" } } }] }),
      ],
    ] as const) {
      it(`is malformed with ${what}`, () => {
        assert.equal(refused(customText(text)), "MalformedPolicy: Malformed Policy");
      });
    }

    it("is refused when another was signed", () => {
      const url = custom({ Resource: `${origin}/i/a/*`, Condition: before });
      const forged = encode(Buffer.from(JSON.stringify({ Statement: [{ Condition: before }] })));
      assert.equal(refused(url.replace(/Policy=[^&]*/, `Policy=${forged}`)), denied);
    });
  });

  describe("signatures", () => {
    it("are needed, and a key that is trusted", () => {
      const url = canned("/i/a");
      const missing = "MissingKey: Missing Key-Pair-Id query parameter or cookie value";
      assert.equal(refused(`${origin}/i/a`), missing);
      assert.equal(refused(url.replace("&Key-Pair-Id=KRSA", "")), missing);
      assert.equal(refused(url.replace("KRSA", "")), missing);
      assert.equal(refused(url.replace("KRSA", "KOTHER")), "InvalidKey: Unknown Key");
      assert.equal(refused(url.replace("KRSA", "KECDSA")), denied);
    });

    it("by another key are refused", () => {
      const url = canned("/i/a");
      const text = `{"Statement":[{"Resource":"${origin}/i/a","Condition":{"DateLessThan":{"AWS:EpochTime":${soon}}}}]}`;
      const forged = signText(text, "sha1", other.privateKey);
      assert.equal(refused(url.replace(/Signature=[^&]*/, `Signature=${forged}`)), denied);
      assert.equal(
        refused(url.replace(/Signature=[^&]*/, `Signature=${signText(text)}`)),
        undefined,
      );
    });

    for (const signature of ["", "a b", "a+b=", "a/b", "%00"]) {
      it(`are malformed as "${signature}"`, () => {
        const url = canned("/i/a").replace(/Signature=[^&]*/, `Signature=${signature}`);
        assert.equal(refused(url), "MalformedSignature: Could not unencode Signature");
      });
    }

    for (const repeated of ["Expires=9999999999", "Signature=x", "Key-Pair-Id=KOTHER"]) {
      it(`are refused where ${repeated} comes twice, first or last`, () => {
        const url = canned("/i/a");
        assert.notEqual(refused(url.replace("?", `?${repeated}&`)), undefined);
        assert.equal(refused(`${url}&${repeated}`), denied);
      });
    }

    it("in the URL come before those in cookies", () => {
      const cookie = `CloudFront-Key-Pair-Id=KRSA; CloudFront-Expires=${soon}; CloudFront-Signature=x`;
      assert.equal(refused(canned("/i/a"), { cookie }), undefined);
      assert.equal(refused(`${origin}/i/a`, { cookie }), denied);
    });
  });
});

describe("withoutSignature", () => {
  it("leaves the other parameters as they are", () => {
    const query = ["a=1", "Expires=1", "Policy=p", "b", "Signature=s", "Key-Pair-Id=k", "a=2"];
    const signed = [...query, "Hash-Algorithm=SHA256", "expires=1"];
    assert.deepEqual(withoutSignature(signed), ["a=1", "b", "a=2", "expires=1"]);
  });
});
