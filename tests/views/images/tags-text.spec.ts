import { strict as assert } from "node:assert";
import { problemOfTags, tagsOfText, textOfTags } from "../../../views/images/tags-text";

describe("tags as text", () => {
  it("are lines of key and value", () => {
    const tags = { album: "first", "taken at": "12:30", empty: "" };
    assert.equal(textOfTags(tags), "album: first\ntaken at: 12:30\nempty: ");
    assert.deepEqual(tagsOfText(textOfTags(tags)), tags);
  });

  it("are in quotes where they would be read as others", () => {
    const tags = { "a:b": "c", " x ": " y ", '"q"': '"r"', plain: 'say "so": yes', "": "" };
    assert.equal(
      textOfTags(tags),
      String.raw`"a:b": c
" x ": " y "
"\"q\"": "\"r\""
plain: say "so": yes
: `,
    );
    assert.deepEqual(tagsOfText(textOfTags(tags)), tags);
    assert.deepEqual(tagsOfText('"a" is: "b'), { '"a" is': '"b' });
  });

  it("need no space, no value, and no line to themselves alone", () => {
    assert.deepEqual(tagsOfText("album:first\n\n  seen  \n"), { album: "first", seen: "" });
  });

  it("are not taken where a key is there twice", () => {
    assert.equal(problemOfTags("album: first\nseen\n"), undefined);
    assert.equal(
      problemOfTags("album: first\n album :second"),
      "There are two tags album: an image has one of a key.",
    );
  });

  it("are none in an empty text", () => {
    assert.deepEqual(tagsOfText(" \n"), {});
  });
});
