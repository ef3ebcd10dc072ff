import assert from "node:assert/strict";
import { readTokenSettings } from "../../../../handlers/users/tokens/token-settings";

const environment = {
  OIDC_ISSUER: "https://id.example.com/",
  OIDC_AUDIENCE: '["darkroom"]',
  OIDC_USER_CLAIM: "sub",
};

describe("readTokenSettings", () => {
  it("takes the issuer as it is, with a slash at the end, and no admins by default", () => {
    const expected = {
      issuer: "https://id.example.com/",
      audience: ["darkroom"],
      userClaim: "sub",
    };
    assert.deepEqual(readTokenSettings(environment), expected);
    for (const half of [{ OIDC_ADMIN_CLAIM: "role" }, { OIDC_ADMIN_VALUE: "admin" }]) {
      assert.deepEqual(readTokenSettings({ ...environment, ...half }), expected);
    }
  });

  it("reads what makes an admin", () => {
    const admin = { OIDC_ADMIN_CLAIM: "role", OIDC_ADMIN_VALUE: "admin" };
    assert.deepEqual(readTokenSettings({ ...environment, ...admin }).admin, {
      claim: "role",
      value: "admin",
    });
  });

  for (const OIDC_AUDIENCE of ["darkroom", '"darkroom"', "[]", '[""]', "[1]", "{}"]) {
    it(`refuses the audience ${OIDC_AUDIENCE}`, () => {
      assert.throws(() => readTokenSettings({ ...environment, OIDC_AUDIENCE }), {
        message: "The environment variable OIDC_AUDIENCE is not a JSON list of texts.",
      });
    });
  }

  for (const OIDC_ISSUER of ["http://id.example.com", "id.example.com", "ftp://127.0.0.1"]) {
    it(`refuses the issuer ${OIDC_ISSUER}`, () => {
      assert.throws(() => readTokenSettings({ ...environment, OIDC_ISSUER }), {
        message: `The issuer ${OIDC_ISSUER} has no https URL.`,
      });
    });
  }
});
