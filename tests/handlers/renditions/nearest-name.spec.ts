import assert from "node:assert/strict";
import { nearestName } from "../../../handlers/renditions/nearest-name";
import { operationTable } from "../../../handlers/renditions/operations";

const names = operationTable.map(({ name }) => name);

describe("nearestName", () => {
  for (const [text, name] of [
    ["w", "width"],
    ["h", "height"],
    ["q", "quality"],
    ["wdith", "width"],
    ["with", "width"],
    ["widthh", "width"],
    ["heigth", "height"],
    ["hieght", "height"],
    ["greyscale", "grayscale"],
    ["fromat", "format"],
    ["frame", "frames"],
    ["flipp", "flip"],
    ["dprs", "dpr"],
    ["backgroud", "background"],
  ] as const) {
    it(`takes ${text} for ${name}`, () => {
      assert.equal(nearestName(text, names), name);
    });
  }

  for (const text of ["", "bg", "size", "colour", "xyz", "width-and-height", "__proto__", "Ä"]) {
    it(`takes "${text}" for none`, () => {
      assert.equal(nearestName(text, names), undefined);
    });
  }
});
