import { strict as assert } from "node:assert";
import { operationTexts } from "../../../handlers/renditions/operation-texts";
import { operationTable } from "../../../handlers/renditions/operations";
import type { RenditionSettings } from "../../../handlers/renditions/settings";
import {
  joinArguments,
  noNumber,
  operationsOf,
  problemsOf,
  queryOf,
  rangeOf,
  stepGroups,
  wayOf,
  waysOf,
} from "../../../views/images/rendition-form";

const settings: RenditionSettings = { presets: {}, presetsOnly: false, publicPresets: [] };

function entryOf(name: string) {
  const entry = operationTable.find((each) => each.name === name);
  assert.ok(entry);
  return entry;
}

describe("the form of a rendition", () => {
  it("has every operation of the table once, in the order of the steps", () => {
    const names = stepGroups.flatMap(({ entries }) => entries.map(({ name }) => name));
    assert.deepEqual([...names].sort(), operationTable.map(({ name }) => name).sort());
    assert.deepEqual(
      stepGroups.map(({ step }) => step),
      ["crop", "turn", "resize", "flatten", "filter", "watermark", "encode"],
    );
  });

  it("offers a watermark's arguments once, and a gravity by name or by point", () => {
    const ways = (name: string) =>
      waysOf(entryOf(name)).map((way) => way.map((argument) => argument.name));
    assert.deepEqual(ways("watermark"), [["position", "opacity", "scale"]]);
    assert.deepEqual(ways("gravity"), [[undefined], ["x", "y"]]);
    assert.equal(wayOf(entryOf("gravity"), "0.5,0.25").length, 2);
    assert.equal(wayOf(entryOf("gravity"), "north").length, 1);
    assert.equal(wayOf(entryOf("gravity"), undefined).length, 1);
  });

  it("leaves out the last arguments that are not given, and none in between", () => {
    assert.equal(joinArguments(["southeast", "", ""]), "southeast");
    assert.equal(joinArguments(["", "0.5", ""]), ",0.5");
    assert.equal(joinArguments(["", ""]), undefined);
  });

  it("keeps the way in which an operation is given while one of its arguments is empty", () => {
    const gravity = entryOf("gravity");
    for (const parts of [
      ["0.5", ""],
      ["", ""],
      ["NaN", ""],
    ]) {
      assert.equal(wayOf(gravity, joinArguments(parts, true)).length, 2);
    }
    assert.equal(joinArguments([""], true), undefined);
  });

  it("says what an argument takes", () => {
    const ranges = (name: string) => waysOf(entryOf(name)).map((way) => way.map(rangeOf).join());
    assert.deepEqual(ranges("width"), ["1–8192"]);
    assert.deepEqual(ranges("blur"), ["0.3–100"]);
    assert.deepEqual(ranges("flip"), ["on or off"]);
    assert.deepEqual(ranges("rotate"), ["0, 90, 180, 270"]);
  });

  it("asks for what is given in the order of the table, and for nothing that is empty", () => {
    const given = { format: "webp", crop: "1,2,3,4", width: "64", height: "", blur: undefined };
    assert.equal(queryOf(given), "width=64&crop=1,2,3,4&format=webp");
  });

  for (const { name } of operationTable) {
    const { example } = operationTexts[name];
    it(`gives back the example of ${name}`, () => {
      const given = operationsOf(example);
      assert.deepEqual(operationsOf(queryOf(given)), given);
    });
  }

  it("finds the problems that the API would find, without asking it", () => {
    assert.deepEqual(problemsOf({ width: "64" }, settings), []);
    assert.deepEqual(problemsOf({ width: "0", fit: "cover" }, settings), [
      { field: "width", problem: 'must be a whole number from 1 to 8192, not "0"' },
      { field: "fit", problem: "needs width and height" },
    ]);
    assert.deepEqual(
      problemsOf({ width: noNumber, blur: noNumber, crop: `1,2,${noNumber},4` }, settings),
      [
        {
          field: "width",
          problem: "must be a whole number from 1 to 8192, and what is typed is no number",
        },
        {
          field: "crop",
          problem:
            "must have as width a whole number from 1 to 65535, and what is typed is no number",
        },
        {
          field: "blur",
          problem: "must be a number from 0.3 to 100, and what is typed is no number",
        },
      ],
    );
    assert.deepEqual(
      problemsOf({ width: "8192", height: "8192" }, settings).map(({ field }) => field),
      ["width"],
    );
  });
});
