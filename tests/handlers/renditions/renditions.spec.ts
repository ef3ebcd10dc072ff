import assert from "node:assert/strict";
import {
  readNormalForm,
  readOperationsText,
  readQueryOperations,
} from "../../../handlers/renditions/renditions";
import { formatOperations } from "./format-operations";
import { settings } from "./settings";

/** What a query is read as. */
function read(query: string, of = settings) {
  return readQueryOperations([...new URLSearchParams(query)], of, ["expires"]);
}

describe("readQueryOperations", () => {
  it("reads operations in any order, into what a URL's path has for them", () => {
    const expected = {
      operations: {
        width: 640,
        height: 480,
        gravity: { x: 0.25, y: 0.75 },
        format: "auto",
      },
      text: "width-640_height-480_gravity-0.25x0.75_format-auto",
    };
    assert.deepEqual(read("width=640&height=480&gravity=0.25,0.75"), expected);
    assert.deepEqual(read("gravity=0.25x0.75&height=480&fit=cover&width=640"), expected);
  });

  it("passes over the parameters that the caller reads", () => {
    assert.deepEqual(read("expires=3600&width=640"), read("width=640"));
  });

  it("reads a preset, by whose name a URL has it", () => {
    assert.deepEqual(read("preset=thumb"), {
      operations: { width: 240, height: 240, format: "auto" },
      text: "thumb",
    });
  });

  it("refuses a preset that there is none of, and names the nearest", () => {
    assert.deepEqual(read("preset=thum"), {
      problems: [
        {
          field: "preset",
          problem: 'must be one of large, small, thumb, not "thum" (did you mean thumb?)',
        },
      ],
    });
  });

  it("takes nothing but presets where the settings say so", () => {
    const strict = { ...settings, presetsOnly: true };
    assert.deepEqual(read("preset=thumb", strict), read("preset=thumb"));
    const problem = "is required, and is one of large, small, thumb";
    assert.deepEqual(read("width=640", strict), { problems: [{ field: "preset", problem }] });
  });

  it("tells every problem at once", () => {
    assert.deepEqual(read("preset=thumb&preset=small&width=0&heigth=3"), {
      problems: [
        { field: "preset", problem: "must be given only once" },
        { field: "preset", problem: "must not be given together with width" },
        { field: "width", problem: 'must be a whole number from 1 to 8192, not "0"' },
        { field: "heigth", problem: "is not accepted (did you mean height?)" },
      ],
    });
  });
});

describe("readOperationsText", () => {
  it("reads operations and presets", () => {
    const operations = { width: 240, height: 240, format: "auto" };
    const text = "width-240_height-240_format-auto";
    assert.deepEqual(readOperationsText("height-240_width-240", settings), { operations, text });
    assert.deepEqual(readOperationsText("thumb", settings), { operations, text });
  });
});

describe("readNormalForm", () => {
  it("reads what the CloudFront Function writes", () => {
    const text = "width-640_height-480_gravity-0.25x0.75_format-auto.webp";
    const operations = readNormalForm(text, settings);
    assert.deepEqual(operations, {
      width: 640,
      height: 480,
      gravity: { x: 0.25, y: 0.75 },
      format: "auto",
      accepts: "webp",
    });
    assert.equal(formatOperations(operations), text);
  });

  for (const text of [
    "thumb",
    "width-640",
    "width-640_format-auto",
    "format-auto.webp_width-640",
    "width-640_fit-cover_format-webp",
    "width-640_dpr-1_format-webp",
    "width-0640_format-webp",
    "format-auto.best",
    "",
  ]) {
    it(`refuses "${text}", which it does not write`, () => {
      assert.equal(readNormalForm(text, settings), undefined);
    });
  }

  it("reads presets alone where the settings say so", () => {
    const strict = { ...settings, presetsOnly: true };
    const text = "width-240_height-240_format-auto.avif";
    assert.deepEqual(readNormalForm(text, strict), {
      width: 240,
      height: 240,
      format: "auto",
      accepts: "avif",
    });
    assert.equal(readNormalForm("width-241_height-240_format-auto.avif", strict), undefined);
  });
});
