import assert from "node:assert/strict";
import { inLab, ok, openApi, proxied, raw } from "../lab";

const document = openApi(
  { "/things": { get: proxied(), head: proxied() } },
  { "x-amazon-apigateway-binary-media-types": ["image/png"] },
);

/** What a client gets when the function returns `value`. */
function returning(
  value: unknown,
  check: (response: Awaited<ReturnType<typeof raw>>) => void,
  headers: Record<string, string | string[]> = {},
  method = "GET",
): Promise<void> {
  return inLab(async (lab) => {
    lab.invoke = () => ok(value);
    const { url } = await lab.deploy(document);
    check(await raw(url, "/things", { headers, method }));
  });
}

describe("proxyReply", () => {
  it("passes status, headers and body on, with the gateway's own headers", () =>
    returning(
      { statusCode: "201", headers: { "X-A": "1", "X-B": true }, body: "ü" },
      (response) => {
        assert.equal(response.status, 201);
        assert.equal(response.body.toString(), "ü");
        assert.equal(response.headers["x-a"], "1");
        assert.equal(response.headers["x-b"], "true");
        assert.equal(response.headers["content-type"], "application/json");
        assert.match(String(response.headers["x-amzn-requestid"]), /^[0-9a-f-]{36}$/);
        assert.match(String(response.headers["x-amz-apigw-id"]), /=$/);
        assert.match(String(response.headers["x-amzn-trace-id"]), /^Root=1-/);
      },
    ));

  it("takes 200 and an empty body when the function says nothing", () =>
    returning({}, (response) => {
      assert.equal(response.status, 200);
      assert.equal(response.body.length, 0);
    }));

  it("merges headers that have several values", () =>
    returning(
      {
        headers: { "Set-Cookie": "a=1", "Content-Type": "text/plain" },
        multiValueHeaders: { "set-cookie": ["b=2", "a=1"] },
      },
      (response) => {
        assert.deepEqual(response.headers["set-cookie"], ["b=2", "a=1"]);
        assert.equal(response.headers["content-type"], "text/plain");
      },
    ));

  it("renames headers that are the gateway's own", () => {
    const own = {
      Server: "mine",
      "Content-Length": "99",
      Date: "yesterday",
      Authorization: "Bearer",
      "User-Agent": "agent",
      "Content-MD5": "md5",
      "Max-Forwards": "1",
      Connection: "close",
    };
    return returning({ headers: own, body: "ok" }, ({ headers }) => {
      for (const [name, value] of Object.entries(own)) {
        assert.equal(headers[`x-amzn-remapped-${name.toLowerCase()}`], value, name);
        assert.notEqual(headers[name.toLowerCase()], value, name);
      }
      assert.equal(headers["content-length"], "2");
    });
  });

  it("leaves out headers of the connection", () => {
    const names = ["Expect", "Host", "Proxy-Authenticate", "TE", "Trailer", "Upgrade", "Via"];
    const headers = Object.fromEntries(names.map((name) => [name, "x"]));
    return returning({ headers, body: "ok" }, (response) => {
      for (const name of names) {
        assert.equal(response.headers[name.toLowerCase()], undefined, name);
      }
      assert.equal(response.body.toString(), "ok");
    });
  });

  it("renames WWW-Authenticate, however spelled, of one value or several", async () => {
    const name = "x-amzn-remapped-www-authenticate";
    const cases = [
      [{ headers: { "WWW-Authenticate": "Bearer" } }, "Bearer"],
      [{ multiValueHeaders: { "www-authenticate": ["Bearer", "Basic"] } }, "Bearer, Basic"],
    ] as const;
    for (const [result, value] of cases) {
      await returning({ ...result, statusCode: 401, body: "" }, ({ headers }) => {
        assert.equal(headers[name], value);
        assert.equal(headers["www-authenticate"], undefined);
      });
    }
  });

  const png = { headers: { "Content-Type": "image/png" }, body: "iVA=", isBase64Encoded: true };

  it("decodes base64 when the first accepted media type is binary", () =>
    returning(
      png,
      (response) => {
        assert.deepEqual(response.body, Buffer.from("iVA=", "base64"));
      },
      { Accept: "image/png;q=0.9, */*" },
    ));

  it("goes by the first line of Accept", () =>
    returning(
      png,
      (response) => {
        assert.deepEqual(response.body, Buffer.from("iVA=", "base64"));
      },
      { Accept: ["image/png", "*/*"] },
    ));

  it("leaves base64 as it is for other clients, as AWS does", () =>
    returning(
      png,
      (response) => {
        assert.equal(response.body.toString(), "iVA=");
      },
      { Accept: "*/*, image/png" },
    ));

  it("answers 500 for a body that is no base64 although it says so", () =>
    returning(
      { ...png, body: "!" },
      (response) => {
        assert.equal(response.status, 500);
      },
      { Accept: "image/png" },
    ));

  it("sends no body to HEAD, but its length", () =>
    returning(
      png,
      (response) => {
        assert.equal(response.body.length, 0);
        assert.equal(response.headers["content-length"], "2");
        assert.equal(response.headers["content-type"], "image/png");
      },
      { Accept: "image/png" },
      "HEAD",
    ));

  it("calls what has no type JSON, even without a body, as AWS does", () =>
    returning({ statusCode: 304 }, (response) => {
      assert.equal(response.headers["content-type"], "application/json");
    }));

  it("puts several values of a header before the one, under the name that those have", () =>
    inLab(async (lab) => {
      lab.invoke = () =>
        ok({ headers: { "test-multi": "solo" }, multiValueHeaders: { "tesT-Multi": ["multi"] } });
      const { url } = await lab.deploy(document);
      const { rawHeaders } = await raw(url, "/things");
      const [name, ...values] = rawHeaders.flatMap((each, index) =>
        each.toLowerCase() === "test-multi" ? [each, rawHeaders[index + 1]] : [],
      );
      assert.deepEqual([name, ...values], ["tesT-Multi", "multi", "tesT-Multi", "solo"]);
    }));

  const root = "Root=1-3152b799-8954dae64eda91bc9a23a7e8";

  it("tells the client of its own trace, where the stage has none", () =>
    returning(
      {},
      ({ headers }) => {
        assert.equal(headers["x-amzn-trace-id"], `${root};Parent=7fa8c0f79203be72;Sampled=1`);
      },
      { "x-amzn-trace-id": `${root};Parent=7fa8c0f79203be72;Sampled=1` },
    ));

  it("makes up what a client does not say of its trace", () =>
    returning(
      {},
      ({ headers }) => {
        const [given, parent, sampled] = String(headers["x-amzn-trace-id"]).split(";");
        assert.deepEqual([given, sampled], [root, "Sampled=0"]);
        assert.match(parent ?? "", /^Parent=[0-9a-f]{16}$/);
      },
      { "x-amzn-trace-id": root },
    ));

  it("sends no body with a 204", () =>
    returning({ statusCode: 204, body: "x" }, (response) => {
      assert.equal(response.status, 204);
      assert.equal(response.body.length, 0);
      assert.equal(response.headers["content-length"], undefined);
    }));

  for (const value of [
    null,
    "text",
    [],
    { statusCode: 200, body: { a: 1 } },
    { statusCode: 200, extra: 1 },
    { statusCode: 42 },
    { statusCode: "x" },
    { statusCode: 200, headers: { "X-A": 1 } },
    { statusCode: 200, headers: { "X-A": "a\r\nX-Injected: 1" } },
    { statusCode: 200, headers: { "X A": "a" } },
    { statusCode: 200, multiValueHeaders: { "X-A": "a" } },
  ]) {
    it(`answers 502 for ${JSON.stringify(value)}`, () =>
      returning(value, (response) => {
        assert.equal(response.status, 502);
        assert.equal(response.body.toString(), '{"message":"Internal server error"}');
        assert.equal(response.headers["x-amzn-errortype"], "InternalServerErrorException");
        assert.equal(response.headers["x-injected"], undefined);
      }));
  }
});
