import assert from "node:assert/strict";
import { validate } from "@apidevtools/swagger-parser";
import type { OpenAPIV3 } from "openapi-types";
import { openApiDocument } from "../../components/openapi/document";
import { call } from "./support/api";
import { useStack } from "./support/use-stack";

describe("GET /openapi.json", () => {
  const stack = useStack();

  /** Whoever asks, with a page's origin. */
  async function ask(method = "GET") {
    const headers = { origin: "https://page.example" };
    return await call(stack(), "/openapi.json", { method, apiKey: null, headers });
  }

  it("gets the published document, with the server that it comes from, without a key", async () => {
    const answer = await ask();
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "application/json");
    const { servers, ...rest } = JSON.parse(answer.bytes.toString()) as OpenAPIV3.Document;
    assert.deepEqual(
      servers?.map(({ url }) => url),
      [stack().outputs.apiUrl],
    );
    const schemes = Object.keys(rest.components?.securitySchemes ?? {});
    const { oidcIssuer } = stack().outputs;
    assert.equal(schemes.includes("bearer"), oidcIssuer !== undefined);
    const users =
      oidcIssuer === undefined ? undefined : { allowApiKeys: schemes.includes("apiKey") };
    const published = JSON.parse(JSON.stringify(openApiDocument(users))) as OpenAPIV3.Document;
    assert.deepEqual({ ...rest, servers: published.servers }, published);
  });

  it("is a document that validators take", async () => {
    await validate(JSON.parse((await ask()).bytes.toString()) as OpenAPIV3.Document);
  });

  it("may be read by pages, and kept for minutes", async () => {
    for (const method of ["GET", "HEAD"]) {
      const { status, headers } = await ask(method);
      assert.equal(status, 200);
      assert.equal(headers.get("access-control-allow-origin"), "*");
      assert.equal(headers.get("cache-control"), "public, max-age=300");
    }
  });

  it("tells of any other method which there are", async () => {
    const answer = await ask("POST");
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get("allow"), "GET,HEAD,OPTIONS");
  });
});
