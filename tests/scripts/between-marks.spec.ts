import assert from "node:assert/strict";
import { betweenMarks } from "../../scripts/between-marks";

const marks = ["<!-- from -->", "<!-- to -->"] as const;

describe("betweenMarks", () => {
  it("replaces what is between marks, and leaves what is around them", () => {
    const document = "# A\n\n<!-- from -->\n\nold\n\n<!-- to -->\n\nB\n";
    assert.equal(
      betweenMarks(document, marks, "new", "A.md"),
      "# A\n\n<!-- from -->\n\nnew\n\n<!-- to -->\n\nB\n",
    );
  });

  for (const [what, document] of [
    ["no first", "old\n<!-- to -->"],
    ["no second", "<!-- from -->\nold"],
    ["them the other way round", "<!-- to -->\nold\n<!-- from -->"],
  ] as const) {
    it(`refuses a document that has ${what}`, () => {
      assert.throws(() => betweenMarks(document, marks, "new", "A.md"), {
        message: "A.md lacks <!-- from --> or <!-- to -->",
      });
    });
  }
});
