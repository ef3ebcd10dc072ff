import assert from "node:assert/strict";
import { type Claims, claimProblem } from "../../../../handlers/users/tokens/claim-rules";

const settings = {
  issuer: "https://id.example.com/",
  audience: ["darkroom", "https://api.example.com"],
  userClaim: "sub",
};
const now = 1_767_323_045;
const claims: Claims = { iss: settings.issuer, aud: "darkroom", exp: now + 300 };

// What is refused, and why, attacks on the authorizer show.
describe("claimProblem", () => {
  const cognito: Claims = { iss: settings.issuer, exp: now + 300, token_use: "access" };

  for (const [name, accepted] of Object.entries<Claims>({
    "no more than what is needed": claims,
    "the other audience": { ...claims, aud: "https://api.example.com" },
    "one audience among others": { ...claims, aud: ["another", "darkroom"] },
    "an access token of Amazon Cognito by its client": { ...cognito, client_id: "darkroom" },
    "an access token of Amazon Cognito for a resource": {
      ...cognito,
      aud: "https://api.example.com",
      client_id: "another",
    },
    "the type of access tokens of Keycloak": { ...claims, typ: "Bearer" },
    "a nonce": { ...claims, nonce: "n-0S6_WzA2Mj" },
    "an end within the last minute": { ...claims, exp: now - 59 },
    "a beginning within the next minute": { ...claims, nbf: now + 60, iat: now + 60 },
    "fractions of seconds": { ...claims, exp: now + 0.5, nbf: now - 0.5, iat: 0.5 },
    "the last second of all": { ...claims, exp: 253_402_300_799 },
  })) {
    it(`takes ${name}`, () => {
      assert.equal(claimProblem(accepted, settings, now), undefined);
    });
  }

  it("has a token end with the minute that clocks may differ by", () => {
    assert.equal(claimProblem({ ...claims, exp: now - 60 }, settings, now), "it has expired");
    assert.equal(
      claimProblem({ ...claims, exp: 253_402_300_800 }, settings, now),
      "its times are not seconds since 1970",
    );
  });
});
