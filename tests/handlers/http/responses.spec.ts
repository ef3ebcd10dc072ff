import assert from "node:assert/strict";
import { binaryResponse, emptyResponse, jsonResponse } from "../../../handlers/http/responses";

describe("a response", () => {
  const headers = { "Content-Type": "image/png", ETag: '"1"' };
  const responses = {
    json: jsonResponse(200, { a: 1 }, headers),
    empty: emptyResponse(304, headers),
    binary: binaryResponse(206, "AA==", headers),
  };

  for (const [kind, response] of Object.entries(responses)) {
    it(`of ${kind} has the headers that it was given, and leaves CORS to whoever sends it`, () => {
      assert.deepEqual(response.headers, headers);
    });
  }

  it("without a body calls itself no JSON, which the gateway would", () => {
    for (const status of [204, 302]) {
      assert.equal(emptyResponse(status).headers?.["Content-Type"], "text/plain");
    }
  });

  it("has the body that it was given, or none", () => {
    const { json, empty, binary } = responses;
    assert.deepEqual([json.body, json.isBase64Encoded], ['{"a":1}', undefined]);
    assert.deepEqual([empty.body, empty.isBase64Encoded], ["", undefined]);
    assert.deepEqual([binary.body, binary.isBase64Encoded], ["AA==", true]);
  });
});
