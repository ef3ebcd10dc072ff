import { strict as assert } from "node:assert";
import { factsOf, type RunContext } from "../../../views/images/setup";

const context = (given: Partial<RunContext> = {}): RunContext => ({
  outputs: { apiUrl: "http://127.0.0.1:4000/v1" },
  config: { presets: '["thumb?width=240&height=240"]', maxUploadBytes: "1000" },
  endpoints: { cdnPlainHttp: { "127.0.0.1:4443": "http://127.0.0.1:4480" } },
  ...given,
});

describe("what the view knows of a stack", () => {
  it("is its API, its presets, its limit, and where its CDN is for browsers", () => {
    assert.deepEqual(factsOf(context()), {
      apiUrl: "http://127.0.0.1:4000/v1",
      access: "key",
      settings: {
        presets: { thumb: "width-240_height-240_format-auto" },
        presetsOnly: false,
        publicPresets: [],
        watermark: undefined,
      },
      presets: [{ name: "thumb", query: "width=240&height=240" }],
      maxApiBytes: 1000,
      plainHttp: { "127.0.0.1:4443": "http://127.0.0.1:4480" },
    });
  });

  it("is nothing where it has no API", () => {
    assert.equal(factsOf(context({ outputs: {} })), undefined);
  });

  it("is that the API takes 4 MiB where the config does not say, and has no presets", () => {
    const facts = factsOf(context({ config: {}, endpoints: {} }));
    assert.deepEqual([facts?.maxApiBytes, facts?.presets, facts?.plainHttp], [4_194_304, [], {}]);
  });

  for (const [issuer, access] of [
    ["http://127.0.0.1:9000", "local user"],
    ["https://id.example.com", "token"],
  ] as const) {
    it(`is that callers come as ${access} where the issuer is ${issuer}`, () => {
      const outputs = { apiUrl: "http://127.0.0.1:4000/v1", oidcIssuer: issuer };
      const endpoints = { oidcIssuer: "http://127.0.0.1:9000" };
      assert.equal(factsOf(context({ outputs, endpoints }))?.access, access);
    });
  }
});
