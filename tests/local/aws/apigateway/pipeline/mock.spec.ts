import assert from "node:assert/strict";
import { inLab, mocked, openApi, raw, type RawResponse } from "../lab";

/** What a client gets from a mock with these templates. */
function mocking(
  integration: object,
  check: (response: RawResponse) => void,
  request: Parameters<typeof raw>[2] = {},
  settings: object = {},
): Promise<void> {
  return inLab(async (lab) => {
    const operation = mocked("", integration);
    const document = openApi({ "/mock/{id}": { get: operation, post: operation } });
    const { url } = await lab.deploy(document, settings);
    check(await raw(url, "/mock/a%20b?q=1", request));
    assert.equal(lab.invocations.length, 0);
  });
}

const respond = (template: string, more: object = {}) => ({
  responses: {
    default: { statusCode: "200", responseTemplates: { "application/json": template }, ...more },
  },
});
const ok = ({ status }: RawResponse) => {
  assert.equal(status, 200);
};
const failed = ({ status, body }: RawResponse) => {
  assert.equal(status, 500);
  assert.equal(body.toString(), '{"message":"Internal server error"}');
};

describe("mock", () => {
  it("renders the response template, with context, input and util", () =>
    mocking(
      respond(
        `{"id":"$input.params('id')","q":"$input.params('q')","name":$input.json('$.user.name'),"tag":"$input.path('$.tags[1]')","stage":"$context.stage","text":"$util.escapeJavaScript($input.body)","enc":"$util.urlEncode('a b/')","b64":"$util.base64Encode('x')"}`,
      ),
      ({ status, headers, body }) => {
        assert.equal(status, 200);
        assert.equal(headers["content-type"], "application/json");
        assert.deepEqual(JSON.parse(body.toString()), {
          id: "a%20b",
          q: "1",
          name: "n",
          tag: "t2",
          stage: "prod",
          text: '{"user":{"name":"n"},"tags":["t1","t2"]}',
          enc: "a+b%2F",
          b64: "eA==",
        });
      },
      { method: "POST", body: '{"user":{"name":"n"},"tags":["t1","t2"]}' },
    ));

  it("chooses the response by the status that the request template gives", () =>
    mocking(
      {
        requestTemplates: { "application/json": "{statusCode: 200}" },
        responses: {
          "5\\d\\d": { statusCode: "200", responseTemplates: { "application/json": "bad" } },
          "2\\d\\d": { statusCode: "200", responseTemplates: { "application/json": "good" } },
        },
      },
      ({ body }) => {
        assert.equal(body.toString(), "good");
      },
    ));

  it("sets headers from expressions and lets the template override them and the status", () =>
    mocking(
      respond(
        '#set($context.responseOverride.status = 405)#set($context.responseOverride.header.Allow = "GET")x',
        { responseParameters: { "method.response.header.X-Mock": "'*'" } },
      ),
      ({ status, headers, body }) => {
        assert.equal(status, 405);
        assert.equal(headers["x-mock"], "*");
        assert.equal(headers.allow, "GET");
        assert.equal(body.toString(), "x");
      },
    ));

  it("fails without a status code, without a matching response, and on a template that throws", async () => {
    await mocking({ requestTemplates: { "application/json": "{}" } }, failed);
    await mocking({ requestTemplates: {} }, failed);
    await mocking({ responses: { "404": { statusCode: "200" } } }, failed);
    await mocking(respond("$input.json('$..deep')"), failed);
    await mocking(respond("$input.json('$.a')"), failed, { method: "POST", body: "{" });
  });

  const text = { method: "POST", headers: { "Content-Type": "text/plain" }, body: "x" };

  it("treats media types without a template by the passthrough behavior", async () => {
    const refused = ({ status, body }: RawResponse) => {
      assert.equal(status, 415);
      assert.equal(body.toString(), '{"message":"Unsupported Media Type"}');
    };
    await mocking({ passthroughBehavior: "NEVER" }, refused, text);
    await mocking({ passthroughBehavior: "when_no_templates" }, refused, text);
    await mocking({ passthroughBehavior: "when_no_match" }, failed, text);
    const body = '{"statusCode": 200}';
    await mocking({ passthroughBehavior: "when_no_match" }, ok, { ...text, body });
  });

  it("fails for binary requests unless they are converted to text", async () => {
    const binary = { binaryMediaTypes: ["*/*"] };
    await mocking({}, failed, {}, binary);
    await mocking({ contentHandling: "CONVERT_TO_TEXT" }, ok, {}, binary);
    await mocking({ contentHandling: "CONVERT_TO_BINARY" }, failed);
  });
});
