import assert from "node:assert/strict";
import { render } from "velocityjs";
import { corsHeaders, corsTemplate, gatewayCors } from "../../../components/openapi/cors";

const [app, admin] = ["https://app.example.com", "http://localhost:3000"] as const;

/** What the template makes of a request with these headers. */
function run(headers: Record<string, string>) {
  const override: Record<string, unknown> = {};
  const template = `${corsTemplate([app, admin])}{"id":"$context.requestId"}`;
  const body = render(template, {
    input: { params: () => ({ path: {}, querystring: { Origin: app }, header: headers }) },
    context: { requestId: "1", responseOverride: { header: override } },
  });
  return { body, override };
}

describe("CORS of the gateway", () => {
  for (const origin of ["*", app]) {
    it(`is the same for every request where the origin is ${origin}`, () => {
      assert.deepEqual(corsHeaders([origin]), { "Access-Control-Allow-Origin": origin });
      assert.equal(corsTemplate([origin]), "");
      assert.deepEqual(gatewayCors([origin]), { "Access-Control-Allow-Origin": `'${origin}'` });
    });
  }

  it("tells caches where pages of several origins get other answers", () => {
    assert.deepEqual(corsHeaders([app, admin]), { Vary: "Origin" });
  });

  it("names the page's own origin where it is one of several, however its header is written", () => {
    for (const origin of [app, admin]) {
      for (const name of ["Origin", "origin"]) {
        assert.deepEqual(run({ [name]: origin }), {
          body: '{"id":"1"}',
          override: { "Access-Control-Allow-Origin": origin },
        });
      }
    }
  });

  it("names none to any other page, nor to who has no origin, whatever the query says", () => {
    const others = ["null", "*", `${app}/`, `${app}.example`, app.toUpperCase(), `${app},${admin}`];
    for (const headers of [{}, ...others.map((Origin) => ({ Origin }))]) {
      assert.deepEqual(run(headers), { body: '{"id":"1"}', override: {} });
    }
  });

  it("lets any page read why the gateway refuses where there are several origins", () => {
    assert.deepEqual(gatewayCors([app, admin]), {
      "Access-Control-Allow-Origin": "method.request.header.Origin",
      Vary: "'Origin'",
    });
  });
});
