import assert from "node:assert/strict";

import { userNameProblem } from "../../issuer/user-name";

describe("userNameProblem", () => {
  for (const name of ["a", "ada@example.com", "Zoë Ñ 🦊", "auth0|5f7c", "x".repeat(255)]) {
    it(`has none with ${name.slice(0, 20)}`, () => {
      assert.equal(userNameProblem(name), undefined);
    });
  }

  for (const [name, problem] of [
    ["", "A user name is needed."],
    ["x".repeat(256), "A user name has at most 255 characters; this one has 256."],
    ["a\nb", "A user name has no control characters."],
    ["\u0085", "A user name has no control characters."],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(name.slice(0, 20))}`, () => {
      assert.equal(userNameProblem(name), problem);
    });
  }
});
