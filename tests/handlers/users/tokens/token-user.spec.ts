import assert from "node:assert/strict";
import { claimAt, tokenUser } from "../../../../handlers/users/tokens/token-user";

const settings = { issuer: "https://id.example.com", audience: ["darkroom"], userClaim: "sub" };

describe("tokenUser", () => {
  for (const userId of [
    "ada",
    "auth0|5f7c8ec7c33c6c004bbafe82",
    "Zoë/猫",
    "a.b..c",
    "u".repeat(128),
  ]) {
    it(`takes ${userId.slice(0, 30)} for a user's id`, () => {
      assert.deepEqual(tokenUser({ sub: userId }, settings), { kind: "user", userId });
    });
  }

  it("reads the user from the claim that the stack names", () => {
    const claims = { sub: "1", "https://example.com/user": "ada", user: { name: "bob" } };
    const userOf = (userClaim: string) => tokenUser(claims, { ...settings, userClaim }).userId;
    assert.equal(userOf("https://example.com/user"), "ada");
    assert.equal(userOf("/user/name"), "bob");
  });

  const admin = (claims: object, claim: string, value = "admin") =>
    tokenUser({ sub: "ada", ...claims }, { ...settings, admin: { claim, value } }).kind;

  for (const [name, claims, claim, value] of [
    ["a text", { role: "admin" }, "role", "admin"],
    ["a member of a list", { "cognito:groups": ["users", "admin"] }, "cognito:groups", "admin"],
    [
      "a list within objects",
      { realm_access: { roles: ["admin"] } },
      "/realm_access/roles",
      "admin",
    ],
    ["true", { is_admin: true }, "is_admin", "true"],
    ["a number", { level: 9 }, "level", "9"],
    ["a number in a list", { levels: [1, 9] }, "levels", "9"],
    ["a scope among others", { scope: "openid images:admin" }, "scope", "images:admin"],
    ["a scope of Microsoft Entra ID", { scp: "read images:admin" }, "scp", "images:admin"],
    ["a scope in a list", { scp: ["read", "images:admin"] }, "scp", "images:admin"],
    ["a text with spaces", { role: "chief editor" }, "role", "chief editor"],
  ] as const) {
    it(`makes an admin of ${name}`, () => {
      assert.equal(admin(claims, claim, value), "admin");
    });
  }

  for (const [name, claims, claim] of [
    ["another text", { role: "user" }, "role"],
    ["capitals", { role: "Admin" }, "role"],
    ["a longer text", { role: "admins" }, "role"],
    ["a word within a text", { role: "no admin" }, "role"],
    ["a part of a scope", { scope: "images:admin" }, "scope"],
    ["no claim", {}, "role"],
    ["null", { role: null }, "role"],
    ["a list within a list", { role: [["admin"]] }, "role"],
    ["an object", { role: { admin: "admin" } }, "role"],
    ["an object in a list", { role: [{ admin: true }] }, "role"],
    ["a name with a dot", { realm_access: { roles: ["admin"] } }, "realm_access.roles"],
  ] as const) {
    it(`makes no admin of ${name}`, () => {
      assert.equal(admin(claims, claim), "user");
    });
  }

  it("makes no admins where the stack names no claim", () => {
    assert.equal(tokenUser({ sub: "ada", undefined: "undefined" }, settings).kind, "user");
  });
});

describe("claimAt", () => {
  const claims = { "a/b": { "~c": 1 }, list: [{ a: 2 }], "": 3, text: "four" };

  it("follows a pointer through objects, with its escapes", () => {
    assert.equal(claimAt(claims, "/a~1b/~0c"), 1);
    assert.equal(claimAt(claims, "/"), 3);
    assert.equal(claimAt(claims, "a/b"), claims["a/b"]);
  });

  for (const claim of [
    ...["/list/0", "/list/length", "/text/length", "/text/0", "/a~1b/x", "/x/y", "x"],
    ...["constructor", "/constructor/name", "__proto__", "/__proto__/toString", "toString"],
  ]) {
    it(`finds nothing at ${claim}`, () => {
      assert.equal(claimAt(claims, claim), undefined);
    });
  }
});
