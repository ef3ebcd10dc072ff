import { strict as assert } from "node:assert";
import { rememberedIdentity, rememberIdentity } from "../../../views/images/identity";

describe("who a person is in the view", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value);
    },
  };

  it("is somebody at first, and then who it was last; a token is not kept", () => {
    assert.deepEqual(rememberedIdentity(storage), { user: "ada", isAdmin: false, token: "" });
    rememberIdentity({ user: "grace", isAdmin: true, token: "secret" }, storage);
    assert.deepEqual(rememberedIdentity(storage), { user: "grace", isAdmin: true, token: "" });
    assert.ok(![...kept.values()].join("").includes("secret"));
  });
});
