import assert from "node:assert/strict";
import {
  isSecretName,
  isSecretParameter,
  masked,
  shownHeader,
  shownParameter,
  withoutSecrets,
} from "../../trace/secrets";

const jwt = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";

describe("masked", () => {
  it("keeps the first four characters of a secret", () => {
    assert.equal(masked("d41d8cd98f00b204"), "d41d…");
  });

  it("keeps nothing of a short one", () => {
    assert.equal(masked("hunter2"), "…");
  });
});

describe("isSecretName", () => {
  for (const name of [
    "x-api-key",
    "Authorization",
    "Proxy-Authorization",
    "Cookie",
    "Set-Cookie",
    "X-Amz-Signature",
    "X-Amz-Security-Token",
    "x-amz-credential",
    "Signature",
    "Key-Pair-Id",
    "AWSAccessKeyId",
    "access_token",
    "idToken",
    "refresh_token",
    "landingPageToken",
    "X-Next-Auth-Token",
    "client_secret",
    "password",
    "apiKey",
    "api_key",
    "privateKey",
    "sessionId",
  ]) {
    it(`takes ${name} for the name of a secret`, () => {
      assert.equal(isSecretName(name), true);
    });
  }

  for (const name of [
    "limit",
    "cursor",
    "userId",
    "Idempotency-Key",
    "X-Amzn-Trace-Id",
    "X-Amz-Date",
    "X-Amz-Expires",
    "s3Key",
    "key",
    "code",
    "policy",
    "statusCode",
    "tokenType",
    "inputTokens",
    "WWW-Authenticate",
    "NextContinuationToken",
    "continuation-token",
    "nextToken",
    "next_page_token",
    "NextForwardToken",
    "PaginationToken",
    "author",
    "keyword",
  ]) {
    it(`does not take ${name} for one`, () => {
      assert.equal(isSecretName(name), false);
    });
  }
});

describe("isSecretParameter", () => {
  it("takes a code of OAuth and the policy of a signed URL for secrets, too", () => {
    const names = ["Signature", "Policy", "code", "code_verifier", "width"];
    assert.deepEqual(names.map(isSecretParameter), [true, true, true, true, false]);
  });
});

describe("shownHeader", () => {
  it("masks a secret by its name, whatever it looks like", () => {
    assert.equal(shownHeader("x-api-key", "abcdefghijklmnopqrst"), "abcd…");
  });

  it("shows what kind of credentials a header has", () => {
    assert.equal(shownHeader("Authorization", `Bearer ${jwt}`), "Bearer eyJh…");
    assert.equal(
      shownHeader("authorization", "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260131/us-east-1"),
      "AWS4-HMAC-SHA256 Cred…",
    );
  });

  it("masks the parameters of a signed URL in another value", () => {
    assert.equal(
      shownHeader(
        "Location",
        "https://d1.cloudfront.net/a.png?w=640&Expires=1&Signature=abcdefghijklm&Key-Pair-Id=K2JCJMDEHXQW5F",
      ),
      "https://d1.cloudfront.net/a.png?w=640&Expires=1&Signature=abcd…&Key-Pair-Id=K2JC…",
    );
  });

  it("masks a token under any name", () => {
    assert.equal(shownHeader("x-forwarded-by", jwt), "eyJh…");
    assert.equal(shownParameter("q", jwt), "eyJh…");
  });

  it("leaves other values as they are", () => {
    assert.equal(shownParameter("cursor", "eyJpZCI6ImEifQ"), "eyJpZCI6ImEifQ");
    assert.equal(shownHeader("accept", "image/webp,*/*;q=0.8"), "image/webp,*/*;q=0.8");
  });
});

describe("withoutSecrets", () => {
  it("masks the fields of a presigned form in JSON", () => {
    const form = {
      url: "http://127.0.0.1:4566/bucket",
      fields: {
        key: "uploads/one",
        policy: Buffer.from(JSON.stringify({ conditions: "x".repeat(200) })).toString("base64"),
        "X-Amz-Credential": "ASIAQWERTYUIOPASDF/20260131/us-east-1/s3/aws4_request",
        "X-Amz-Security-Token": "FwoGZXIvYXdzEXAMPLE",
        "X-Amz-Signature": "0123456789abcdef",
        "X-Amz-Date": "20260131T120000Z",
      },
    };
    assert.deepEqual(JSON.parse(withoutSecrets(JSON.stringify(form))), {
      url: "http://127.0.0.1:4566/bucket",
      fields: {
        key: "uploads/one",
        policy: "eyJj…",
        "X-Amz-Credential": "ASIA…",
        "X-Amz-Security-Token": "FwoG…",
        "X-Amz-Signature": "0123…",
        "X-Amz-Date": "20260131T120000Z",
      },
    });
  });

  it("masks a presigned URL in JSON, and leaves the JSON whole", () => {
    const text = withoutSecrets(
      JSON.stringify({
        url: "http://127.0.0.1:1/b/k?X-Amz-Date=20260131T120000Z&X-Amz-Signature=0123456789abcdef&x-id=GetObject",
        size: 3,
      }),
    );
    assert.deepEqual(JSON.parse(text), {
      url: "http://127.0.0.1:1/b/k?X-Amz-Date=20260131T120000Z&X-Amz-Signature=0123…&x-id=GetObject",
      size: 3,
    });
  });

  it("masks what is in JSON within JSON, as a log has an event", () => {
    const line = JSON.stringify({ event: JSON.stringify({ apiKey: "abcdefghijklmnop", id: "1" }) });
    const { event } = JSON.parse(withoutSecrets(line)) as { event: string };
    assert.deepEqual(JSON.parse(event), { apiKey: "abcd…", id: "1" });
  });

  it("masks all of a secret that has quotes and backslashes in it", () => {
    const secret = 'quote " and \\ backslash';
    const text = JSON.stringify({ password: secret, event: JSON.stringify({ password: secret }) });
    assert.deepEqual(JSON.parse(withoutSecrets(text)), {
      password: "quot…",
      event: '{"password":"quot…"}',
    });
  });

  it("masks each of a list of secrets, also in JSON within JSON", () => {
    const given = {
      apiKeys: ["abcdefghijklmnop", 'quote " and \\ one'],
      tags: ["abcdefghijklmnop"],
    };
    const shown = { apiKeys: ["abcd…", "quot…"], tags: ["abcdefghijklmnop"] };
    const text = JSON.stringify({ ...given, event: JSON.stringify(given) });
    assert.deepEqual(JSON.parse(withoutSecrets(text)), { ...shown, event: JSON.stringify(shown) });
  });

  it("masks elements of XML", () => {
    assert.equal(
      withoutSecrets(
        '<a><SecretAccessKey>abcdefghijklmnop</SecretAccessKey><ns:password type="text">hunter2</ns:password><Key>photos/a</Key><NextContinuationToken>abcdefghijklmnop</NextContinuationToken></a>',
      ),
      '<a><SecretAccessKey>abcd…</SecretAccessKey><ns:password type="text">…</ns:password><Key>photos/a</Key><NextContinuationToken>abcdefghijklmnop</NextContinuationToken></a>',
    );
  });

  it("leaves codes of errors in JSON", () => {
    assert.equal(withoutSecrets('{"code":"ImageNotFound"}'), '{"code":"ImageNotFound"}');
  });

  it("masks fields of forms of both kinds", () => {
    assert.equal(
      withoutSecrets("grant_type=authorization_code&code=abcdefghijklmnop&client_id=page"),
      "grant_type=authorization_code&code=abcd…&client_id=page",
    );
    const part = (name: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    assert.equal(
      withoutSecrets(part("x-amz-signature", "0123456789abcdef") + part("userId", "ada")),
      part("x-amz-signature", "0123…") + part("userId", "ada"),
    );
  });

  it("masks tokens, key ids and what bears them in any text", () => {
    assert.equal(withoutSecrets(`sent ${jwt}.`), "sent eyJh….");
    assert.equal(withoutSecrets("signed by ASIAQWERTYUIOPASDFGH"), "signed by ASIA…");
    assert.equal(
      withoutSecrets("Authorization: Bearer abcdef0123456789"),
      "Authorization: Bearer abcd…",
    );
  });

  it("leaves a text without secrets as it is", () => {
    const text =
      '{"userId":"ada","tags":{"album":"first"},"note":"a=b & c","limit":20,"nextCursor":null}';
    assert.equal(withoutSecrets(text), text);
  });

  it("takes no longer for a long text without an end than for others", () => {
    const text = `"token":"${"\\".repeat(50_000)}`;
    assert.ok(withoutSecrets(text).length > 0);
    assert.ok(withoutSecrets(`${"a".repeat(100_000)}=`).length > 0);
    assert.ok(withoutSecrets('name="'.repeat(20_000)).length > 0);
    assert.ok(withoutSecrets('"token":['.repeat(20_000)).length > 0);
    assert.ok(withoutSecrets(`"tokens":["${"\\".repeat(50_000)}`).length > 0);
    assert.ok(withoutSecrets("<token ".repeat(20_000)).length > 0);
    assert.ok(withoutSecrets("<token>".repeat(20_000)).length > 0);
  });
});
