import assert from "node:assert/strict";
import fc from "fast-check";
import { readCaller, readCallers } from "../../../handlers/users/caller";
import { serviceContext, userContext } from "../callers";
import { apiEvent, type RequestParts } from "../support";

describe("readCaller", () => {
  const read = (authorizer: unknown, parts: RequestParts = {}) =>
    readCaller(apiEvent({ ...parts, authorizer: authorizer as Record<string, unknown> }), "users");

  const secondsFromNow = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

  for (const kind of ["user", "admin"] as const) {
    it(`knows ${kind === "user" ? "a user" : "an admin"} by any id`, () => {
      fc.assert(
        fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (userId) => {
          assert.deepEqual(read(userContext(userId, kind)), { kind, userId });
        }),
      );
    });

    it(`takes ${kind === "user" ? "a user's" : "an admin's"} token for a minute after its end, since clocks differ`, () => {
      const context = userContext("ada", kind);
      assert.equal(read({ ...context, expiresAt: secondsFromNow(-45) }).kind, kind);
      for (const seconds of [-61, -3600, -1e9]) {
        assert.throws(() => read({ ...context, expiresAt: secondsFromNow(seconds) }), {
          statusCode: 401,
          code: "TokenExpired",
        });
      }
    });
  }

  it("knows a program", () => {
    assert.deepEqual(read(serviceContext), { kind: "service" });
  });

  const unknown: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    "an empty context": {},
    "a refused caller": { principalId: "nobody", reason: "there is none" },
    "a caller of no kind": { ...userContext("ada"), kind: undefined },
    "a caller of another kind": { ...userContext("ada"), kind: "root" },
    "a caller whose kind is written otherwise": { ...userContext("ada"), kind: "User" },
    "anyone, whom no authorizer names": { ...userContext("ada"), kind: "anyone" },
    "a kind that objects have": { ...userContext("ada"), kind: "constructor" },
    "a user without an id": { ...userContext("ada"), userId: undefined },
    "a user whose id is empty": { ...userContext("ada"), userId: "" },
    "a user whose id is no string": { ...userContext("ada"), userId: 1 },
    "a user whose id is not encoded": { ...userContext("ada"), userId: "100%" },
    "an admin without an id": { ...userContext("ada", "admin"), userId: undefined },
    "a user without an end": { ...userContext("ada"), expiresAt: undefined },
    "a user whose end is no string": { ...userContext("ada"), expiresAt: 9e9 },
    "a user whose end is no number": { ...userContext("ada"), expiresAt: "soon" },
    "a user whose end is endless": { ...userContext("ada"), expiresAt: "Infinity" },
    "a user whose end is empty": { ...userContext("ada"), expiresAt: "" },
    "an admin whose end is negative": { ...userContext("ada", "admin"), expiresAt: "-1" },
  };
  for (const [what, context] of Object.entries(unknown)) {
    it(`fails for ${what}: there is no answer for the client in it`, () => {
      assert.throws(
        () => read(context),
        (error: Error) => !("statusCode" in error),
      );
    });
  }

  const severalTokens: NonNullable<RequestParts["headers"]>[] = [
    { Authorization: ["Bearer a", "Bearer b"] },
    { Authorization: ["Bearer a", "Bearer a"] },
    { Authorization: "Bearer a", authorization: "Bearer b" },
    { AUTHORIZATION: ["Bearer a", ""] },
  ];
  for (const headers of severalTokens) {
    it(`refuses ${JSON.stringify(headers)}, whoever the authorizer says that it is`, () => {
      for (const context of [userContext("ada"), userContext("ada", "admin"), serviceContext]) {
        assert.throws(() => read(context, { headers }), { statusCode: 401, code: "InvalidToken" });
      }
    });
  }

  it("takes one token, as events of a function's own test have it, too", () => {
    const headers = { Authorization: "Bearer a" };
    assert.equal(read(userContext("ada"), { headers }).kind, "user");
    const event = { ...apiEvent({ headers }), multiValueHeaders: {} };
    event.requestContext.authorizer = userContext("ada");
    assert.equal(readCaller(event, "users").kind, "user");
  });

  it("asks for no caller where the API knows keys alone", () => {
    for (const authorizer of [undefined, {}, { principalId: "x" }]) {
      const headers = { Authorization: ["Basic a", "Basic b"] };
      const event = apiEvent({ headers, ...(authorizer && { authorizer }) });
      assert.deepEqual(readCaller(event, "anyone"), { kind: "anyone" });
    }
  });

  it("knows whom an authorizer names that is there still when users are to be known no more", () => {
    const readAs = (authorizer: object) =>
      readCaller(apiEvent({ authorizer: { ...authorizer } }), "anyone");
    assert.deepEqual(readAs(userContext("ada")), { kind: "user", userId: "ada" });
    assert.deepEqual(readAs(userContext("ada", "admin")), { kind: "admin", userId: "ada" });
    assert.deepEqual(readAs(serviceContext), { kind: "service" });
    assert.throws(() => readAs({ ...userContext("ada"), userId: "" }), /who the user is/);
    assert.throws(() => readAs({ ...userContext("ada"), expiresAt: "1" }), {
      code: "TokenExpired",
    });
  });
});

describe("readCallers", () => {
  for (const value of ["anyone", "users"]) {
    it(`knows ${value}`, () => {
      assert.equal(readCallers({ CALLERS: value }), value);
    });
  }

  for (const value of [undefined, "", "Users", "user", "none", "toString"]) {
    it(`fails with ${value}, rather than let anyone in`, () => {
      assert.throws(() => readCallers({ CALLERS: value }), /CALLERS/);
    });
  }
});
