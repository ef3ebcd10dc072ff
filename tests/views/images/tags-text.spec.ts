import { strict as assert } from "node:assert";
import { tagsOfText, textOfTags } from "../../../views/images/tags-text";

describe("tags as text", () => {
  it("are lines of key and value", () => {
    const tags = { album: "first", "taken at": "12:30", empty: "" };
    assert.equal(textOfTags(tags), "album: first\ntaken at: 12:30\nempty: ");
    assert.deepEqual(tagsOfText(textOfTags(tags)), tags);
  });

  it("need no space, no value, and no line to themselves alone", () => {
    assert.deepEqual(tagsOfText("album:first\n\n  seen  \n"), { album: "first", seen: "" });
  });

  it("are none in an empty text", () => {
    assert.deepEqual(tagsOfText(" \n"), {});
  });
});
