import assert from "node:assert/strict";
import { imageKey } from "../../../handlers/images/image-key";
import type { Caller } from "../../../handlers/users/caller";
import {
  isOwn,
  ownRow,
  resolveList,
  resolveUser,
  scopeOf,
} from "../../../handlers/users/ownership";

const user: Caller = { kind: "user", userId: "ada" };
const admin: Caller = { kind: "admin", userId: "ada" };
const others: Caller[] = [{ kind: "anyone" }, { kind: "service" }];

describe("scopeOf", () => {
  it("confines users to themselves, and nobody else", () => {
    assert.equal(scopeOf(user), "ada");
    for (const caller of [admin, ...others]) {
      assert.equal(scopeOf(caller), undefined);
    }
  });
});

describe("ownRow", () => {
  const own = { key: imageKey("ada", "1", "image/png") };
  const other = { key: imageKey("bob", "1", "image/png") };

  it("gives a user the own rows only", () => {
    assert.equal(ownRow(own, user), own);
    for (const row of [other, { key: "" }, { key: "images/" }, { key: `x${own.key}` }]) {
      assert.equal(ownRow(row, user), undefined);
      assert.equal(isOwn(row, user), false);
    }
    assert.equal(isOwn(own, user), true);
  });

  it("gives all others every row", () => {
    for (const caller of [admin, ...others]) {
      assert.deepEqual([ownRow(own, caller), ownRow(other, caller)], [own, other]);
      assert.equal(isOwn(other, caller), true);
    }
  });

  it("gives nobody what is not there", () => {
    for (const caller of [user, admin, ...others]) {
      assert.equal(ownRow(undefined, caller), undefined);
    }
  });
});

const refusal = (field: string) => ({
  statusCode: 403,
  code: "NotYourUser",
  message: `${field} is not the user whom the token names: leave it out.`,
  details: {
    details: [
      {
        field,
        problem: "is not the user whom the token names: leave it out",
        pointer: `/${field}`,
      },
    ],
  },
});

describe("resolveUser", () => {
  it("takes a user for the own images only, by whatever name the field has", () => {
    assert.equal(resolveUser(user, undefined), "ada");
    assert.equal(resolveUser(user, "ada"), "ada");
    for (const given of ["bob", "", "Ada", "ada ", "ada\u0301"]) {
      assert.throws(() => resolveUser(user, given), refusal("userId"));
      assert.throws(() => resolveUser(user, given, "user_id"), refusal("user_id"));
    }
  });

  it("takes an admin for anybody, and for the admin if nobody is named", () => {
    assert.equal(resolveUser(admin, undefined), "ada");
    assert.equal(resolveUser(admin, "bob"), "bob");
  });

  it("asks all others whose image it is to be", () => {
    for (const caller of others) {
      assert.equal(resolveUser(caller, "bob"), "bob");
      assert.throws(() => resolveUser(caller, undefined, "user_id"), {
        statusCode: 400,
        code: "InvalidRequest",
        message: "user_id is required.",
      });
    }
  });
});

describe("resolveList", () => {
  it("gives a user the own list only", () => {
    assert.equal(resolveList(user, undefined), "ada");
    assert.equal(resolveList(user, "ada"), "ada");
    assert.throws(() => resolveList(user, "bob", "user_id"), refusal("user_id"));
  });

  it("gives all others any list", () => {
    for (const caller of [admin, ...others]) {
      assert.equal(resolveList(caller, undefined), undefined);
      assert.equal(resolveList(caller, "bob"), "bob");
    }
  });
});
