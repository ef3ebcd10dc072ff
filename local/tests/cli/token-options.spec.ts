import assert from "node:assert/strict";

import { parseTokenOptions } from "../../cli/token-options";

describe("parseTokenOptions", () => {
  it("needs no more than a user", () => {
    assert.deepEqual(parseTokenOptions(["--user", "ada"]), {
      user: "ada",
      admin: false,
      expires: 3600,
      data: ".local",
    });
  });

  it("takes everything that a token can say", () => {
    const args = "--user ada --admin --expires 60 --audience api --data elsewhere".split(" ");
    assert.deepEqual(parseTokenOptions(args), {
      user: "ada",
      admin: true,
      expires: 60,
      audience: "api",
      data: "elsewhere",
    });
  });
});
