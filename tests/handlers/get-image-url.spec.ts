import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import { createHandler } from "../../handlers/get-image-url";
import { useSigningKey, verifiedUrl } from "./signing-key";
import {
  apiEvent,
  call,
  type Exchange,
  type RequestParts,
  settings,
  useSdkSettings,
} from "./support";

describe("get-image-url", () => {
  useSdkSettings();
  const key = useSigningKey();
  let dynamoDb: AwsClientStub<DynamoDBDocumentClient>;
  const imageId = randomUUID();
  const item = { imageId, state: "ready", imageName: "cat.png", key: "images/0.png" };

  beforeEach(() => {
    dynamoDb = mockClient(DynamoDBDocumentClient);
    dynamoDb.on(GetCommand).resolves({});
    dynamoDb
      .on(GetCommand, { TableName: "images-table", Key: { imageId }, ConsistentRead: true })
      .resolves({ Item: item });
  });
  afterEach(() => {
    dynamoDb.restore();
  });

  const get = (
    query?: RequestParts["query"],
    id: string = imageId,
    changed: object = {},
  ): Promise<Exchange> =>
    call(
      createHandler({ ...settings, ...changed }),
      apiEvent({ method: "GET", resource: "/images/{id}/url", id, ...(query && { query }) }),
    );

  /** The path and query that are signed, and until when. */
  async function signedFor(query?: RequestParts["query"], changed?: object) {
    const { statusCode, body } = await get(query, imageId, changed);
    assert.equal(statusCode, 200, JSON.stringify(body));
    const { resource, expires } = verifiedUrl(String(body.url), key);
    assert.equal(body.expiresAt, new Date(expires * 1000).toISOString());
    assert.deepEqual(Object.keys(body), ["url", "expiresAt"]);
    const prefix = `https://images.test/i/${imageId}/`;
    assert.ok(resource.startsWith(prefix), resource);
    return { path: resource.slice(prefix.length), expires };
  }

  it("signs the normal form of the operations, whatever their order", async () => {
    const expected = "width-640_height-480_gravity-0.25x0.75_format-webp";
    const query = {
      height: "480",
      format: "webp",
      gravity: "0.25,0.75",
      width: "640",
      fit: "cover",
    };
    assert.equal((await signedFor(query)).path, expected);
    const reversed = Object.fromEntries(Object.entries(query).toReversed());
    assert.equal((await signedFor(reversed)).path, expected);
  });

  it("signs a preset by its name, and the image itself where nothing is asked for", async () => {
    assert.equal((await signedFor({ preset: "thumb" })).path, "thumb");
    assert.equal((await signedFor()).path, "format-auto");
  });

  it("signs for an hour, or for as long as is asked for, to the end of the window", async () => {
    const usual = await signedFor();
    const asked = await signedFor({ expires: "3600" });
    const day = await signedFor({ expires: "86400" });
    assert.equal(usual.expires % 900, 0);
    assert.ok(asked.expires >= usual.expires && asked.expires <= usual.expires + 900);
    const seconds = Date.now() / 1000;
    assert.ok(usual.expires >= seconds + 3590 && usual.expires < seconds + 3600 + 900);
    assert.ok(day.expires >= seconds + 86_390 && day.expires < seconds + 86_400 + 900);
  });

  it("is kept by no cache that others share", async () => {
    const { headers } = await get();
    assert.equal(headers?.["Cache-Control"], "private, no-store");
    assert.equal(headers["Access-Control-Allow-Origin"], "*");
  });

  it("signs a download under the image's name, or another, in either spelling", async () => {
    const attachment = { contentDisposition: "attachment", preset: "thumb" };
    assert.equal((await signedFor(attachment)).path, "thumb?download=cat.png");
    const named = { ...attachment, fileName: "my cat.png" };
    assert.equal((await signedFor(named)).path, "thumb?download=my%20cat.png");
    const underscored = { content_disposition: "attachment", file_name: "x", preset: "thumb" };
    assert.equal((await signedFor(underscored)).path, "thumb?download=x");
    assert.equal((await signedFor({ contentDisposition: "inline" })).path, "format-auto");
  });

  it("gives the URL of a public preset without signature and end", async () => {
    const { statusCode, body } = await get({ preset: "open" });
    assert.equal(statusCode, 200);
    assert.deepEqual(body, { url: `https://images.test/i/${imageId}/open` });
  });

  it("answers 404 for images that are not there or not ready", async () => {
    assert.equal((await get({}, randomUUID())).statusCode, 404);
    for (const state of ["pending", "deleting"]) {
      dynamoDb.on(GetCommand).resolves({ Item: { ...item, state } });
      const { statusCode, body } = await get({}, randomUUID());
      assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"], state);
    }
    const rejection = { code: "UndecodableImage", message: "It cannot be decoded." };
    const refusedItem = { ...item, state: "rejected", rejection, expiresAt: 2 ** 33 };
    dynamoDb.on(GetCommand).resolves({ Item: refusedItem });
    const rejected = await get({}, randomUUID());
    assert.deepEqual([rejected.statusCode, rejected.body.code], [404, "ImageRejected"]);
    const { statusCode, body } = await get({}, "../../admin");
    assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
  });

  const refused: Record<string, [query: Record<string, string | string[]>, ...fields: string[]]> = {
    "an operation that there is not": [{ widht: "1" }, "widht"],
    "a width of 0": [{ width: "0" }, "width"],
    "a width that is no number": [{ width: "NaN" }, "width"],
    "a preset that there is not": [{ preset: "huge" }, "preset"],
    "an operation given twice": [{ width: ["1", "2"] }, "width"],
    "the same operation given twice": [{ width: ["1", "1"] }, "width"],
    "a preset with operations": [{ preset: "thumb", width: "1" }, "preset"],
    "expires of 0": [{ expires: "0" }, "expires"],
    "expires above the maximum": [{ expires: "86401" }, "expires"],
    "expires that is no whole number": [{ expires: "1.5" }, "expires"],
    "expires given twice": [{ expires: ["1", "2"] }, "expires"],
    "another disposition": [{ contentDisposition: "form-data" }, "contentDisposition"],
    "a name of nothing that is saved": [{ fileName: "x" }, "fileName"],
    "a name with a line break": [
      { contentDisposition: "attachment", fileName: "a\r\nb" },
      "fileName",
    ],
    "all that is wrong at once": [
      { width: "0", expires: "x", contentDisposition: "x" },
      ...["width", "expires", "contentDisposition"],
    ],
  };
  for (const [what, [query, ...fields]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      const { statusCode, body } = await get(query);
      assert.equal(statusCode, 400, JSON.stringify(body));
      assert.equal(body.code, "InvalidRequest");
      const details = body.details as { field: string }[];
      assert.deepEqual(
        details.map(({ field }) => field),
        fields,
      );
      assert.equal(dynamoDb.calls().length, 0);
    });
  }

  it("refuses a rendition of too many pixels with 413", async () => {
    const { statusCode, body } = await get({ width: "8192", height: "8192" });
    assert.deepEqual([statusCode, body.code], [413, "RenditionTooLarge"]);
  });

  it("takes presets only where the stack says so", async () => {
    const RENDITION_SETTINGS = JSON.stringify({
      ...(JSON.parse(settings.RENDITION_SETTINGS) as object),
      presetsOnly: true,
    });
    const queries: Record<string, string>[] = [{ width: "1" }, {}];
    for (const query of queries) {
      const { statusCode } = await get(query, imageId, { RENDITION_SETTINGS });
      assert.equal(statusCode, 400);
    }
    assert.equal((await signedFor({ preset: "thumb" }, { RENDITION_SETTINGS })).path, "thumb");
  });

  it("answers 500 where there is no key", async () => {
    const { statusCode, body } = await get({}, imageId, { SIGNING_KEY_PARAMETER: "/none" });
    assert.deepEqual([statusCode, body.code], [500, "InternalError"]);
  });

  it("logs neither key nor URL", async () => {
    const { body, logText } = await get();
    assert.doesNotMatch(logText, /PRIVATE KEY|Signature|images\.test/);
    assert.match(String(body.url), /Signature=/);
  });
});
