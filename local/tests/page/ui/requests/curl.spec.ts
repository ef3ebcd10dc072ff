import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { asCurl, missingIn } from "../../../../page/ui/requests/curl";
import type { RequestDetails } from "../../../../trace/types";

const details = (given: Partial<RequestDetails> = {}): RequestDetails => ({
  seq: 1,
  id: "request-1",
  source: "api",
  at: "2030-01-31T12:00:00.000Z",
  method: "GET",
  path: "/prod/images",
  query: [],
  requestBytes: 0,
  responseBytes: 0,
  invocations: [],
  requestHeaders: [],
  responseHeaders: [],
  ...given,
});

const origin = "http://127.0.0.1:4000";

/** The words that a shell hands to curl. */
function wordsOf(command: string, environment: Record<string, string> = {}): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; ${command}`;
  const env = { PATH: process.env.PATH, ...environment };
  return execFileSync("sh", ["-c", script], { encoding: "utf8", env }).split("\0").slice(0, -1);
}

describe("a request as a command of curl", () => {
  it("asks for the same path and query, whatever they hold", () => {
    const query: [string, string][] = [
      ["tag", "album:a b's"],
      ["userId", "$HOME `id` \\"],
    ];
    const words = wordsOf(asCurl(details({ query }), origin));
    assert.equal(words.length, 1);
    const url = new URL(words[0] ?? "");
    assert.equal(url.origin + url.pathname, `${origin}/prod/images`);
    assert.deepEqual([...url.searchParams], query);
  });

  it("has variables in place of secrets", () => {
    const command = asCurl(
      details({
        requestHeaders: [
          ["X-Api-Key", "abcd…"],
          ["Authorization", "Bearer eyJh…"],
          ["Accept", "image/*"],
        ],
      }),
      origin,
    );
    assert.deepEqual(wordsOf(command, { API_KEY: "key", TOKEN: "token" }), [
      `${origin}/prod/images`,
      "-H",
      "X-Api-Key: key",
      "-H",
      "Authorization: Bearer token",
      "-H",
      "Accept: image/*",
    ]);
  });

  it("has a variable in place of whatever else is masked, named as its header", () => {
    const requestHeaders: [string, string][] = [
      ["Authorization", "AWS4-HMAC-SHA256 Cred…"],
      ["X-Amz-Security-Token", "IQoJ…"],
      ["Referer", "http://127.0.0.1/?token=abcd…"],
      ["X-Shop", "open [secret]"],
      ["$(id)-token", "…"],
    ];
    const command = asCurl(details({ requestHeaders }), origin);
    const values = {
      AUTHORIZATION: "AWS4-HMAC-SHA256 Credential=a",
      X_AMZ_SECURITY_TOKEN: "b",
      REFERER: "c",
      X_SHOP: "d",
      __ID__TOKEN: "e",
    };
    const words = wordsOf(command, values).filter((word) => word !== "-H");
    assert.deepEqual(words.slice(1), [
      "Authorization: AWS4-HMAC-SHA256 Credential=a",
      "X-Amz-Security-Token: b",
      "Referer: c",
      "X-Shop: d",
      "$(id)-token: e",
    ]);
  });

  it("has a variable in place of what is masked in the query, which is another than a header's", () => {
    const query: [string, string][] = [
      ["tag", '$HOME `id` \\ "'],
      ["X-Amz-Signature", "abcd…"],
      ["home", "[secret]"],
    ];
    const requestHeaders: [string, string][] = [["X-Amz-Signature", "efgh…"]];
    const command = asCurl(details({ query, requestHeaders }), origin);
    const [target, ...rest] = wordsOf(command, {
      QUERY_X_AMZ_SIGNATURE: "a%2Bb",
      QUERY_HOME: "c",
      X_AMZ_SIGNATURE: "d",
    });
    assert.deepEqual(
      [...new URL(target ?? "").searchParams],
      [
        ["tag", '$HOME `id` \\ "'],
        ["X-Amz-Signature", "a+b"],
        ["home", "c"],
      ],
    );
    assert.deepEqual(rest, ["-H", "X-Amz-Signature: d"]);
  });

  it("is told with all that it lacks", () => {
    const requestHeaders: [string, string][] = [
      ["X-Api-Key", "abcd…"],
      ["authorization", "Bearer eyJh…"],
      ["Sec-Token", "abcd…"],
      ["Accept", "image/*"],
    ];
    const lacking = details({
      path: "/prod/[secret]",
      query: [
        ["limit", "5"],
        ["code", "…"],
      ],
      requestHeaders,
      requestBytes: 9,
      requestBody: { size: 9, truncated: false, text: '{"a":"…"}', masked: true },
    });
    assert.deepEqual(
      missingIn(lacking).map(({ name, what }) => [name, what]),
      [
        ["$API_KEY", "the header X-Api-Key"],
        ["$TOKEN", "the header authorization, after “Bearer”"],
        ["$QUERY_CODE", "code of the query, encoded as in a URL"],
        [undefined, "the secrets in the path"],
        [undefined, "the secrets in the body"],
      ],
    );
  });

  it("lacks nothing of a request without secrets, even if its text has what stands for them", () => {
    const requestBody = { size: 9, truncated: false, text: '{"a":"…"}' };
    assert.deepEqual(missingIn(details({ requestBytes: 9, requestBody })), []);
  });

  it("leaves to curl what it sets by itself, and to browsers what is theirs", () => {
    const requestHeaders: [string, string][] = [
      ["Host", "127.0.0.1:4000"],
      ["Connection", "keep-alive"],
      ["Content-Length", "2"],
      ["Sec-Fetch-Site", "cross-site"],
      ["X-Kept", "1"],
    ];
    assert.deepEqual(wordsOf(asCurl(details({ requestHeaders }), origin)).slice(1), [
      "-H",
      "X-Kept: 1",
    ]);
  });

  it("sends a body that is text as it is", () => {
    const text = `{"id":"it's","price":"$5"}`;
    const requestBody = { size: text.length, truncated: false, text };
    const posted = details({ method: "POST", requestBytes: text.length, requestBody });
    assert.deepEqual(wordsOf(asCurl(posted, origin)), [
      "-X",
      "POST",
      `${origin}/prod/images`,
      "--data-raw",
      text,
    ]);
  });

  for (const [what, requestBody] of [
    ["is no text", { size: 3, truncated: false, base64: "AAEC" }],
    ["was not kept as a whole", { size: 99_999, truncated: true, text: "{" }],
    ["is forgotten by now", undefined],
  ] as const) {
    it(`takes a body that ${what} from a file`, () => {
      const posted = details({ method: "POST", requestBytes: 3, requestBody });
      const words = wordsOf(asCurl(posted, origin));
      assert.deepEqual(words.slice(-2), ["--data-binary", "@body"]);
      assert.deepEqual(missingIn(posted), [{ name: "body", what: "a file with the body" }]);
    });
  }

  it("asks for the head of what was asked for the head of", () => {
    assert.equal(wordsOf(asCurl(details({ method: "HEAD" }), origin))[0], "--head");
  });
});
