import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import { createHandler } from "../../handlers/get-image";
import { useSigningKey, verifiedUrl } from "./signing-key";
import { apiEvent, call, type RequestParts, settings, useSdkSettings } from "./support";

describe("get-image", () => {
  useSdkSettings();
  const key = useSigningKey();
  let dynamoDb: AwsClientStub<DynamoDBDocumentClient>;
  const imageId = randomUUID();
  const metadata = {
    imageId,
    timestamp: "2026-01-02T03:04:05.678Z",
    userId: "u",
    imageName: "n",
    key: `images/0123/${imageId}.png`,
    contentType: "image/png",
    size: 123,
    tags: {},
    width: 3,
    height: 4,
    etag: "0123",
  };

  beforeEach(() => {
    dynamoDb = mockClient(DynamoDBDocumentClient);
    dynamoDb.on(GetCommand).resolves({});
    dynamoDb
      .on(GetCommand, { TableName: "images-table", Key: { imageId }, ConsistentRead: true })
      .resolves({ Item: { ...metadata, state: "ready", collection: "images" } });
  });
  afterEach(() => {
    dynamoDb.restore();
  });

  const get = (parts: RequestParts) =>
    call(createHandler(settings), apiEvent({ method: "GET", resource: "/images/{id}", ...parts }));

  it("answers with the metadata as it was stored, numbers as numbers", async () => {
    const { statusCode, body } = await get({ id: imageId });
    assert.equal(statusCode, 200);
    assert.deepEqual(body, { imageId, metadata });
  });

  it("answers without a body to a client that has the metadata", async () => {
    const first = await get({ id: imageId });
    const etag = String(first.headers?.ETag);
    const headers = { "if-none-match": `"other", W/${etag}` };
    const again = await get({ id: imageId, headers });
    assert.equal(again.statusCode, 304);
    assert.equal(again.bodyText, "");
    assert.equal(again.headers?.ETag, etag);
    assert.equal(again.headers["Cache-Control"], first.headers?.["Cache-Control"]);
    assert.equal(again.headers["Content-Type"], "application/json");
    assert.equal(again.headers["Access-Control-Allow-Origin"], "*");
    const other = await get({ id: imageId, headers: { "If-None-Match": '"other"' } });
    assert.deepEqual(other.body, { imageId, metadata });
  });

  it("answers only if it still is what the client has seen, where that is asked for", async () => {
    const etag = String((await get({ id: imageId })).headers?.ETag);
    for (const ifMatch of [etag, `"other", ${etag}`, "*"]) {
      const exchange = await get({ id: imageId, headers: { "If-Match": ifMatch } });
      assert.equal(exchange.statusCode, 200, ifMatch);
    }
    // Compared strongly, and before If-None-Match.
    for (const ifMatch of ['"other"', `W/${etag}`, ""]) {
      const headers = { "If-Match": ifMatch, "If-None-Match": etag };
      const { statusCode, body } = await get({ id: imageId, headers });
      assert.deepEqual([statusCode, body.code], [412, "PreconditionFailed"], ifMatch);
    }
    // With a URL it has no entity tag, but it is there.
    const withUrl = { id: imageId, query: { url: "true" } };
    assert.equal((await get({ ...withUrl, headers: { "If-Match": "*" } })).statusCode, 200);
    assert.equal((await get({ ...withUrl, headers: { "If-Match": etag } })).statusCode, 412);
  });

  it("gives metadata with a URL no entity tag", async () => {
    const headers = { "If-None-Match": "*" };
    const exchange = await get({ id: imageId, query: { url: "true" }, headers });
    assert.equal(exchange.statusCode, 200);
    assert.equal(exchange.headers?.ETag, undefined);
    assert.equal(exchange.headers?.["Cache-Control"], "private, no-store");
  });

  it("adds a URL for each preset that is asked for, with an entity tag that changes with them", async () => {
    const plain = await get({ id: imageId });
    const exchange = await get({ id: imageId, query: { preset: "large,thumb,open" } });
    assert.equal(exchange.statusCode, 200);
    const { urls, ...rest } = exchange.body as { urls: Record<string, string> };
    assert.deepEqual(rest, { imageId, metadata });
    assert.deepEqual(Object.keys(urls), ["large", "thumb", "open"]);
    for (const preset of ["large", "thumb"]) {
      const { resource } = verifiedUrl(urls[preset] ?? "", key);
      assert.equal(resource, `https://images.test/i/${imageId}/${preset}`);
    }
    assert.equal(urls.open, `https://images.test/i/${imageId}/open`);
    assert.notEqual(exchange.headers?.ETag, plain.headers?.ETag);
    assert.equal(exchange.headers?.["Cache-Control"], "private, no-cache");
  });

  it("does not repeat URLs to a client that has them", async () => {
    // Without an end, so that no window ends meanwhile.
    const query = { preset: "open" };
    const first = await get({ id: imageId, query });
    const headers = { "If-None-Match": String(first.headers?.ETag) };
    assert.equal((await get({ id: imageId, query, headers })).statusCode, 304);
    assert.equal((await get({ id: imageId, headers })).statusCode, 200);
  });

  it("adds URLs by preset to a presigned one", async () => {
    const { body, headers } = await get({ id: imageId, query: { preset: "thumb", url: "true" } });
    assert.deepEqual(Object.keys(body), ["imageId", "metadata", "url", "urls"]);
    assert.equal(headers?.["Cache-Control"], "private, no-store");
  });

  for (const preset of ["", "huge", "thumb,", "thumb,thumb", "thumb, large", "toString"]) {
    it(`refuses the presets "${preset}"`, async () => {
      const { statusCode, body } = await get({ id: imageId, query: { preset } });
      assert.equal(statusCode, 400);
      const [problem] = body.details as { field: string }[];
      assert.equal(problem?.field, "preset");
    });
  }

  it("answers 404 for what is not ready, if a client has it or not", async () => {
    const item = { ...metadata, state: "deleting", timestamp: undefined };
    dynamoDb.on(GetCommand).resolves({ Item: item });
    const id = randomUUID();
    assert.equal((await get({ id, headers: { "If-None-Match": "*" } })).statusCode, 404);
  });

  it("adds a presigned URL when asked to", async () => {
    const { body } = await get({ id: imageId, query: { url: "true" } });
    const url = new URL(body.url as string);
    assert.ok(url.pathname.endsWith(metadata.key));
    assert.equal(url.searchParams.get("X-Amz-Expires"), "3600");
  });

  it("adds none with url=false", async () => {
    assert.equal((await get({ id: imageId, query: { url: "false" } })).body.url, undefined);
  });

  it("answers 404 for an image that is not there", async () => {
    const { statusCode, body, headers } = await get({ id: randomUUID() });
    assert.equal(statusCode, 404);
    assert.equal(body.code, "ImageNotFound");
    assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
  });

  for (const id of ["1", "..%2F..%2Fadmin", `${imageId}%2F`, "__proto__", " "]) {
    it(`answers 404 for ${JSON.stringify(id)} without asking the table`, async () => {
      assert.equal((await get({ id })).statusCode, 404);
      assert.equal(dynamoDb.calls().length, 0);
    });
  }

  const badQueries: NonNullable<RequestParts["query"]>[] = [
    { url: "yes" },
    { url: "" },
    { url: ["true", "true"] },
    { urls: "true" },
  ];
  for (const query of badQueries) {
    it(`refuses the query ${JSON.stringify(query)}`, async () => {
      const { statusCode, body } = await get({ id: imageId, query });
      assert.equal(statusCode, 400);
      assert.equal(body.code, "InvalidRequest");
    });
  }

  it("is a bland 500 when the table fails", async () => {
    dynamoDb.on(GetCommand).rejects(new Error("secret-detail"));
    const { statusCode, body } = await get({ id: randomUUID() });
    assert.equal(statusCode, 500);
    assert.doesNotMatch(JSON.stringify(body), /secret-detail/);
  });
});
