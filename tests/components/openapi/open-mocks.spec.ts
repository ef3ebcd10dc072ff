import assert from "node:assert/strict";
import { render } from "velocityjs";
import type { OpenAPIV3 } from "openapi-types";
import { openApiDocument } from "../../../components/openapi/document";
import { openMocks } from "../../../components/openapi/open-mocks";

interface Mock {
  statusCode: string;
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string>;
}

function mockOf(document: OpenAPIV3.Document, origins: readonly string[] = ["*"]): Mock {
  const { "/openapi.json": operation } = openMocks(origins, document);
  const integration = operation?.["x-amazon-apigateway-integration"];
  return (integration as { responses: { default: Mock } }).responses.default;
}

const nowhere: OpenAPIV3.Document = {
  openapi: "3.0.3",
  info: { title: "Nowhere", version: "1" },
  paths: {},
};

/** What API Gateway makes of a template: texts have Java's methods there. */
function run(template: string, request: { host: string; path: string; scheme?: string }) {
  const header = { "X-Forwarded-Proto": request.scheme ?? "https" };
  return JSON.parse(
    render(template, {
      input: { params: () => ({ header }) },
      context: {
        domainName: request.host,
        path: request.path,
        responseOverride: { header: {} },
      },
      util: { escapeJavaScript: (text: string) => JSON.stringify(text).slice(1, -1) },
    }),
  ) as OpenAPIV3.Document;
}

function templateOf(document: OpenAPIV3.Document, origins?: readonly string[]): string {
  return mockOf(document, origins).responseTemplates["application/json"] ?? "";
}

describe("openMocks", () => {
  const onAws = {
    host: "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
    path: "/v1/openapi.json",
  };

  for (const [what, document] of Object.entries({
    "without users": openApiDocument(),
    "with users": openApiDocument({ allowApiKeys: true }),
  })) {
    it(`serve the document ${what} as it is published, but for the server`, () => {
      const { servers, ...rest } = run(templateOf(document), onAws);
      const published = JSON.parse(JSON.stringify(document)) as OpenAPIV3.Document;
      assert.deepEqual({ ...rest, servers: published.servers }, published);
      assert.deepEqual(
        servers?.map(({ url }) => url),
        ["https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1"],
      );
    });
  }

  for (const [where, request, url] of [
    [
      "a domain of its own",
      { host: "api.example.com", path: "/openapi.json" },
      "https://api.example.com",
    ],
    [
      "a path of such a domain",
      { host: "api.example.com", path: "/images/v2/openapi.json" },
      "https://api.example.com/images/v2",
    ],
    [
      "this machine",
      { host: "127.0.0.1:4000", path: "/v1/openapi.json", scheme: "http" },
      "http://127.0.0.1:4000/v1",
    ],
  ] as const) {
    it(`name the server at ${where}`, () => {
      assert.equal(run(templateOf(nowhere), request).servers?.[0]?.url, url);
    });
  }

  it("say what templates would run", () => {
    const description = "$context.stage ${x} $!y #set($a=1) ## #[[ ]]# #if \\$ \\# \" ' \\";
    const document = { ...nowhere, info: { ...nowhere.info, description } };
    for (const origins of [["*"], ["https://a.example", "https://b.example"]]) {
      assert.equal(run(templateOf(document, origins), onAws).info.description, description);
    }
  });

  it("let it be kept for minutes", () => {
    const { statusCode, responseParameters } = mockOf(nowhere);
    assert.equal(statusCode, "200");
    assert.equal(
      responseParameters["method.response.header.Cache-Control"],
      "'public, max-age=300'",
    );
  });

  it("refuse to be larger than templates of API Gateway may be", () => {
    const of = (length: number) => ({
      ...nowhere,
      info: { ...nowhere.info, description: "é".repeat(length) },
    });
    const rest = Buffer.byteLength(templateOf(of(0)));
    const room = Math.floor((300 * 1024 - rest) / 2);
    assert.ok(templateOf(of(room)));
    assert.throws(
      () => templateOf(of(room + 1)),
      /^Error: A mapping template of \d+ bytes is none for API Gateway, which takes 307200\.$/,
    );
  });
});
