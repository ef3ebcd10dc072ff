import assert from "node:assert/strict";
import { bearer, gatedApi, setGate, statement, verdict } from "../authorizer-lab";
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

  it("tells templates what API Gateway adds to a request's headers, whatever the client says there", () =>
    mocking(
      respond(
        `{"map":"$input.params().header.get("X-Forwarded-Proto")","one":"$input.params("X-Forwarded-Proto")"}`,
      ),
      ({ body }) => {
        assert.deepEqual(JSON.parse(body.toString()), { map: "http", one: "http" });
      },
      { headers: { "x-forwarded-proto": "gopher" } },
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

  it("leaves out a header whose value no header can have", () =>
    mocking(
      respond('#set($context.responseOverride.header.X-Body = $input.path("$.a"))x'),
      ({ status, headers }) => {
        assert.equal(status, 200);
        assert.equal(headers["x-body"], undefined);
      },
      { method: "POST", body: '{"a":"1\\n2"}' },
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

  const allowed = "https://a.example.com";

  /** Answers of a template, in turn, to pages of two origins, of another, and of none. */
  async function origins(template: string, name = "Origin"): Promise<(string | undefined)[]> {
    const answers: (string | undefined)[] = [];
    for (const origin of [allowed, "https://b.example.com", "https://c.example.com", undefined]) {
      await mocking(
        respond(template),
        (response) => {
          ok(response);
          const value = response.headers["access-control-allow-origin"];
          answers.push(typeof value === "string" ? value.replace(".example.com", "") : undefined);
        },
        origin === undefined ? {} : { headers: { [name]: origin } },
        { stage: { variables: { origins: `${allowed},https://b.example.com` } } },
      );
    }
    return answers;
  }

  const both = ["https://a", "https://b", undefined, undefined];
  const set = "#set($context.responseOverride.header.Access-Control-Allow-Origin";
  const listed = `#if($origin == "${allowed}" || $origin == "https://b.example.com")${set} = $origin)#end`;
  for (const [how, template] of [
    ["by its name", `#set($origin = $input.params("Origin"))${listed}`],
    ["by its name in small letters", `#set($origin = $input.params("origin"))${listed}`],
    ["in the map of headers", `#set($origin = $input.params().header.get("Origin"))${listed}`],
    ["as a member of that map", `#set($origin = $input.params().header.Origin)${listed}`],
    [
      "against an expression",
      `#set($origin = $input.params("Origin"))#if($origin.matches("https://[ab]\\.example\\.com"))${set}="$origin")#end`,
    ],
    [
      "against a list",
      `#set($list = ["${allowed}", "https://b.example.com"])#if($list.contains($input.params("Origin")))${set} = $input.params("Origin"))#end`,
    ],
    [
      "against a stage variable",
      `#set($origin = $input.params("Origin"))#foreach($one in $stageVariables.origins.split(","))#if($one == $origin)${set} = $origin)#end#end`,
    ],
  ] as const) {
    it(`lets a template allow several origins, looking ${how}`, async () => {
      assert.deepEqual(await origins(template), both);
    });
  }

  it("knows a header in the map by the letters that the client wrote", async () => {
    const template = `#set($origin = $input.params().header.get("Origin"))${listed}`;
    assert.deepEqual(await origins(template, "origin"), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const either = `#set($headers = $input.params().header)#set($origin = $headers.get("Origin"))#if(!$origin)#set($origin = $headers.get("origin"))#end${listed}`;
    assert.deepEqual(await origins(either), both);
    assert.deepEqual(await origins(either, "origin"), both);
  });

  const shownAs = async (template: string, json: unknown): Promise<string> => {
    let shown = "";
    await mocking(
      respond(template),
      (response) => {
        ok(response);
        shown = response.body.toString();
      },
      { method: "POST", body: JSON.stringify({ json }) },
    );
    return shown;
  };

  it("shows maps as Java does, and lists of JSON as JSON", async () => {
    const path = `#set($result = $input.path("$.json"))$result`;
    assert.equal(await shownAs(path, { foo: "bar", to: "test" }), "{foo=bar, to=test}");
    assert.equal(await shownAs(path, [{ foo: "bar" }]), '[{"foo":"bar"}]');
    assert.equal(await shownAs(path, { foo: [{ nested: "bar" }] }), '{foo=[{"nested":"bar"}]}');
    const text = `${path}.toString()`;
    assert.equal(await shownAs(text, { list: [{ foo: "bar" }] }), '{list=[{"foo":"bar"}]}');
    assert.equal(await shownAs("#set($list = [1, 2])$list", {}), "[1, 2]");
  });

  it("shows nothing of what is not there, and takes it for an empty text", async () => {
    const template = `#set($result = $input.path("$.json.list")){"body": $result, "nested": $result.nested, "isNull": #if( $result == $null )"true"#else"false"#end, "isEmptyString": #if( $result == "" )"true"#else"false"#end}`;
    const nothing = '{"body": , "nested": , "isNull": "true", "isEmptyString": "true"}';
    assert.equal(await shownAs(template, {}), nothing);
    assert.equal(await shownAs(template, { list: null }), nothing);
    assert.equal(
      await shownAs(template, { list: [] }),
      '{"body": [], "nested": , "isNull": "false", "isEmptyString": "false"}',
    );
    const encoded = "EncodedBodyAccess=$util.urlEncode($input.body.testAccess)";
    assert.equal(await shownAs(encoded, {}), "EncodedBodyAccess=");
    const differ = '#set($a = "1")#if($a == 1)same#end#if($a != 2) other#end';
    assert.equal(await shownAs(differ, {}), "same other");
  });

  it("hands on what the template of the request has set to that of the response", () =>
    mocking(
      {
        requestTemplates: {
          "application/json": `#set($context.responseOverride.status = 444)
#set($context.responseOverride.header.foo = "bar")
#set($context.responseOverride.custom = "passed on")
#set($name = "one")
#set($context.requestOverride.querystring[$name] = "1")
$context.requestOverride.querystring.put("two", "2")
#set($context["requestOverride"].path["three"] = "3")
{"statusCode": 200}`,
        },
        ...respond(
          '$context.responseOverride.status $context.responseOverride.custom $context.requestOverride.querystring["one"] $context.requestOverride.querystring["two"] $context.requestOverride.path.three',
        ),
      },
      ({ status, headers, body }) => {
        assert.equal(status, 444);
        assert.equal(headers.foo, "bar");
        assert.equal(body.toString(), "444 passed on 1 2 3");
      },
    ));

  it("tells the client of no trace, unless the stage traces", async () => {
    const request = { headers: { "x-amzn-trace-id": "Root=1-3152b799-8954dae64eda91bc9a23a7e8" } };
    await mocking(
      respond("{}"),
      ({ headers }) => {
        assert.equal(headers["x-amzn-trace-id"], undefined);
      },
      request,
    );
    await mocking(
      respond("{}"),
      ({ headers }) => {
        assert.match(String(headers["x-amzn-trace-id"]), /^Root=1-3152b799-.*;Sampled=1$/);
      },
      request,
      { stage: { xrayTracingEnabled: true } },
    );
  });

  it("knows what an authorizer said", () =>
    inLab(async (lab) => {
      setGate(lab, verdict([statement("Allow")], { context: { kind: "user" } }));
      const body = '{"who":"$context.authorizer.principalId","kind":"$context.authorizer.kind"}';
      const operation = { ...mocked(body), security: [{ user: [] }] };
      const document = gatedApi({}, { "/m": { get: operation } });
      const { url } = await lab.deploy(document);
      const response = await fetch(`${url}/m`, { headers: bearer });
      assert.deepEqual(await response.json(), { who: "ada", kind: "user" });
    }));
});
