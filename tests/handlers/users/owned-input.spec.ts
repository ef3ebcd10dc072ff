import assert from "node:assert/strict";
import { DirectUploadBody, UploadQuery } from "../../../handlers/http/schemas";
import type { Caller } from "../../../handlers/users/caller";
import { nameOfUser, validateOwned } from "../../../handlers/users/owned-input";

const user: Caller = { kind: "user", userId: "ada" };
const admin: Caller = { kind: "admin", userId: "root" };
const others: Caller[] = [{ kind: "anyone" }, { kind: "service" }];

describe("validateOwned", () => {
  const body = { contentType: "image/png", size: 3 };

  it("takes the caller for the user who is not named", () => {
    assert.deepEqual(validateOwned(user, DirectUploadBody, body), { ...body, userId: "ada" });
    assert.deepEqual(validateOwned(admin, DirectUploadBody, body), { ...body, userId: "root" });
    assert.deepEqual(validateOwned(user, UploadQuery, {}), { userId: "ada" });
  });

  for (const field of ["userId", "user_id"]) {
    it(`takes who is named as ${field}, if the caller may name anybody`, () => {
      for (const caller of [admin, ...others]) {
        const { userId } = validateOwned(caller, DirectUploadBody, { ...body, [field]: "bob" });
        assert.equal(userId, "bob");
      }
      const own = validateOwned(user, DirectUploadBody, { ...body, [field]: "ada" });
      assert.equal(own.userId, "ada");
      assert.throws(() => validateOwned(user, DirectUploadBody, { ...body, [field]: "bob" }), {
        statusCode: 403,
        code: "NotYourUser",
        message: `${field} is not the user whom the token names: leave it out.`,
      });
    });
  }

  it("asks whoever is no user for one, together with all else that is missing", () => {
    for (const caller of others) {
      assert.throws(() => validateOwned(caller, DirectUploadBody, {}), {
        statusCode: 400,
        message: "contentType is required; userId is required; size is required.",
      });
    }
    assert.throws(() => validateOwned(user, DirectUploadBody, {}), {
      statusCode: 400,
      message: "contentType is required; size is required.",
    });
  });

  it("keeps to the schema where a user is named", () => {
    for (const caller of [user, admin, ...others]) {
      for (const userId of ["", "..", "a\nb", "x".repeat(129), 1, null]) {
        assert.throws(() => validateOwned(caller, DirectUploadBody, { ...body, userId }), {
          code: "InvalidRequest",
        });
      }
    }
  });

  it("refuses two names, of which one is another's", () => {
    const both = { ...body, userId: "ada", user_id: "bob" };
    assert.throws(() => validateOwned(user, DirectUploadBody, both), {
      code: "InvalidRequest",
      message: "user_id is the same as userId, but has another value.",
    });
    const twice = { ...body, userId: "bob", user_id: "bob" };
    assert.throws(() => validateOwned(user, DirectUploadBody, twice), { code: "NotYourUser" });
  });

  it("refuses what else was found to be wrong", () => {
    const found = [{ field: "image", problem: "is required; the file came as `file`" }];
    assert.throws(() => validateOwned(user, UploadQuery, {}, found), /the file came as/);
  });
});

describe("nameOfUser", () => {
  it("is as the client writes names", () => {
    assert.equal(nameOfUser(UploadQuery, { userId: "a" }), "userId");
    assert.equal(nameOfUser(UploadQuery, { user_id: "a" }), "user_id");
    assert.equal(nameOfUser(UploadQuery, { image_name: "a" }), "user_id");
    assert.equal(nameOfUser(UploadQuery, {}), "userId");
  });
});
