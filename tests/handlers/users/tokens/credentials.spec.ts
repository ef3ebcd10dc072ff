import assert from "node:assert/strict";
import { maxTokenLength, readCredentials } from "../../../../handlers/users/tokens/credentials";
import { authorizerEvent } from "../../authorizer-event";

describe("readCredentials", () => {
  const read = (headers: Record<string, string[]>, allowApiKeys = false) =>
    readCredentials(authorizerEvent({ headers }), allowApiKeys);

  for (const line of ["Bearer a.b.c", "bearer a.b.c", "BEARER   a.b.c"]) {
    it(`reads the token of "${line}"`, () => {
      assert.deepEqual(read({ authorization: [line] }), { token: "a.b.c" });
    });
  }

  it("reads a token as long as is accepted", () => {
    const token = "a".repeat(maxTokenLength);
    assert.deepEqual(read({ Authorization: [`Bearer ${token}`] }), { token });
  });

  it("reads an API key only where there is no Authorization header, and keys are allowed", () => {
    const key = { "X-Api-Key": ["key-value"] };
    assert.deepEqual(read(key, true), { apiKey: "key-value" });
    assert.deepEqual(read({ ...key, Authorization: ["Bearer a.b.c"] }, true), { token: "a.b.c" });
    assert.throws(() => read(key), { name: "Refusal", reason: "there is none" });
    for (const line of ["", "Basic YTpi", "Bearer"]) {
      assert.throws(() => read({ ...key, Authorization: [line] }, true), {
        name: "Refusal",
        reason: "the Authorization header does not hold one",
      });
    }
  });

  it("takes an empty API key for none, and several for too many", () => {
    assert.throws(() => read({ "x-api-key": [""] }, true), { reason: "there is none" });
    assert.throws(() => read({ "x-api-key": ["one", "two"] }, true), {
      reason: "there is none, but there are several API keys",
    });
  });

  it("finds nothing where the event has no headers at all", () => {
    const event = { ...authorizerEvent(), headers: null, multiValueHeaders: null };
    assert.throws(() => readCredentials(event, true), { reason: "there is none" });
  });
});
