import assert from "node:assert/strict";
import { readArguments } from "../../../handlers/renditions/arguments";
import { type OperationName, operationTable } from "../../../handlers/renditions/operations";

/** What an operation's text is read as, or what is wrong with it. */
function read(name: OperationName, text: string): string {
  const entry = operationTable.find((candidate) => candidate.name === name);
  assert.ok(entry);
  const result = readArguments(entry, text);
  return typeof result === "string" ? result : result.mistake;
}

/** Texts that some parser or other takes for numbers. */
const noNumbers = [
  ["", '""'],
  [" ", '" "'],
  ["0640", '"0640"'],
  ["00", '"00"'],
  ["+1", '"+1"'],
  ["-1", '"-1"'],
  ["-0", '"-0"'],
  [" 1", '" 1"'],
  ["1 ", '"1 "'],
  ["1\n", '"1\\n"'],
  ["1e3", '"1e3"'],
  ["1E3", '"1E3"'],
  ["0x10", '"0x10"'],
  ["0b1", '"0b1"'],
  ["1_000", '"1_000"'],
  ["1n", '"1n"'],
  ["NaN", '"NaN"'],
  ["Infinity", '"Infinity"'],
  ["-Infinity", '"-Infinity"'],
  ["null", '"null"'],
  ["1.", '"1."'],
  [".5", '".5"'],
  ["1.5.5", '"1.5.5"'],
  ["1%", '"1%"'],
  ["1px", '"1px"'],
  ["٣", '"?"'],
  ["１", '"?"'],
  ["½", '"?"'],
  ["99999999999999999999", '"99999999999999999999"'],
  ["1".repeat(1000), `"${"1".repeat(40)}"`],
] as const;

describe("readArguments", () => {
  for (const [text, shown] of noNumbers) {
    it(`takes ${JSON.stringify(text).slice(0, 30)} for no number`, () => {
      const whole = "must be a whole number from 1 to 8192, not ";
      assert.equal(read("width", text), whole + shown);
      assert.equal(read("blur", text), `must be a number from 0.3 to 100, not ${shown}`);
    });
  }

  it("takes whole numbers where it must, and keeps to ranges", () => {
    assert.equal(read("width", "1"), "1");
    assert.equal(read("width", "8192"), "8192");
    for (const text of ["0", "8193", "640.0", "640.5", "1,2", "1,000"]) {
      assert.match(read("width", text), /^must be a whole number from 1 to 8192, not "/, text);
    }
    assert.equal(read("dpr", "1"), "1");
    assert.equal(read("dpr", "2.625"), "2.625");
    for (const text of ["0", "0.999", "4.001", "5"]) {
      assert.match(read("dpr", text), /^must be a number from 1 to 4, not "/, text);
    }
    assert.equal(read("quality", "100"), "100");
    assert.match(read("quality", "101"), /^must be a whole number from 1 to 100, not "101"$/);
  });

  it("rounds digits that make no difference", () => {
    assert.equal(read("blur", "1.005"), "1");
    assert.equal(read("blur", "2.50"), "2.5");
    assert.equal(read("blur", "0.299999"), "0.3");
  });

  it("takes lists by either separator, and tells which argument is wrong", () => {
    assert.equal(read("crop", "10,20,300,200"), "10x20x300x200");
    assert.equal(read("crop", "10x20,300x200"), "10x20x300x200");
    assert.equal(
      read("crop", "10,20,0,200"),
      'must have as width a whole number from 1 to 65535, not "0"',
    );
    assert.equal(read("crop", "10,20,300"), 'must be left,top,width,height, not "10,20,300"');
    assert.equal(read("gravity", "0.5,1.5"), 'must have as y a number from 0 to 1, not "1.5"');
    assert.match(read("gravity", "1,2,3"), /^must be one of auto, .*, or x,y, not "1,2,3"$/);
    assert.match(read("gravity", "centre"), /^must be one of auto, northwest, .*, not "centre"$/);
  });

  it("names the nine points that have names", () => {
    const points = ["0,0", "0.5,0", "1,0", "0,0.5", "0.5,0.5", "1,0.5", "0,1", "0.5,1", "1,1"];
    assert.deepEqual(
      points.map((point) => read("gravity", point)),
      [
        "northwest",
        "north",
        "northeast",
        "west",
        "center",
        "east",
        "southwest",
        "south",
        "southeast",
      ],
    );
    assert.equal(read("gravity", "0.5,0.0001"), "0.5x0.0001");
  });

  it("spells colours in one way", () => {
    assert.equal(read("background", "#FA0"), "ffaa00");
    assert.equal(read("background", "fa08"), "ffaa0088");
    assert.equal(read("background", "ffaa00FF"), "ffaa00");
    for (const text of ["", "#", "ff", "fffff", "ggg", "##fff", "red", "ffffff0", "rgb(0,0,0)"]) {
      assert.match(read("background", text), /^must be a colour of 3, 4, 6 or 8 hex/, text);
    }
  });

  it("takes true and false alone for flags, and choices as they are written", () => {
    assert.equal(read("flip", "true"), "true");
    for (const text of ["", "1", "yes", "True", "TRUE"]) {
      assert.equal(read("flip", text), `must be true or false, not "${text}"`);
    }
    assert.equal(
      read("format", "WEBP"),
      'must be one of auto, avif, webp, jpeg, png, gif, not "WEBP"',
    );
    assert.equal(read("rotate", "45"), 'must be one of 0, 90, 180, 270, not "45"');
  });
});
