import assert from "node:assert/strict";
import { algorithms, headerProblem } from "../../../../handlers/users/tokens/header-rules";

describe("headerProblem", () => {
  it("takes eleven algorithms, all by a secret key of the issuer", () => {
    assert.deepEqual(algorithms, [
      ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
      ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
    ]);
    for (const alg of algorithms) {
      assert.equal(headerProblem({ alg }), undefined, alg);
    }
  });

  for (const typ of ["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", "Application/JWT"]) {
    it(`takes the type ${typ}`, () => {
      assert.equal(headerProblem({ alg: "RS256", typ }), undefined);
    });
  }

  it("passes over what no rule is about", () => {
    const header = {
      alg: "RS256",
      kid: "1",
      jku: "https://id.example.com/keys",
      x5t: "x",
      cty: "x",
    };
    assert.equal(headerProblem(header), undefined);
  });
});
