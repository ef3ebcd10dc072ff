import assert from "node:assert/strict";

import { Accounts } from "../../issuer/accounts";

describe("Accounts", () => {
  it("know as admin whoever said so when they last signed in", () => {
    const accounts = new Accounts();
    assert.deepEqual(accounts.claimsOf("ada"), {});
    accounts.signIn("ada", true);
    accounts.signIn("bob", false);
    assert.deepEqual(accounts.claimsOf("ada"), { role: "admin" });
    assert.deepEqual(accounts.claimsOf("bob"), {});
    accounts.signIn("ada", false);
    assert.deepEqual(accounts.claimsOf("ada"), {});
  });
});
