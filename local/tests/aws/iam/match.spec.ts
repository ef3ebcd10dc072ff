import assert from "node:assert/strict";
import fc from "fast-check";
import { anyCharacter, anyText, arnComponents, literal, matches } from "../../../aws/iam/match";

/** The same pattern as a regular expression. */
function oracle(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function compile(pattern: string): number[] {
  return Array.from(pattern, (character) =>
    character === "*" ? anyText : character === "?" ? anyCharacter : character.charCodeAt(0),
  );
}

describe("matches", () => {
  it("agrees with a regular expression", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        assert.equal(matches(compile(pattern), text), oracle(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  it("takes every character of a literal for itself", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => matches(literal(text), text)));
  });

  it("is not slowed down by a pattern made to be slow", () => {
    // A backtracking matcher would take longer than the age of the universe.
    assert.equal(matches(compile(`${"*a".repeat(40)}*b`), "a".repeat(2000)), false);
  });
});

describe("arnComponents", () => {
  it("keeps the colons of the last component", () => {
    const parts = arnComponents("arn:aws:logs:r:1:log-group:/g:*");
    assert.deepEqual(parts, ["arn", "aws", "logs", "r", "1", "log-group:/g:*"]);
  });

  it("has nothing for a text that is no ARN", () => {
    assert.equal(arnComponents("arn:aws:s3::"), undefined);
  });
});
