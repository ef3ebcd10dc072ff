import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { operationTexts } from "../../handlers/renditions/operation-texts";
import {
  defaultQuality,
  maxRenditionPixels,
  operationTable,
} from "../../handlers/renditions/operations";
import { readQueryOperations } from "../../handlers/renditions/renditions";
import { documentRenditions } from "../../scripts/document-renditions";
import { settings } from "../handlers/renditions/settings";

const file = "docs/renditions.md";

describe(file, () => {
  it("has the operations as their table has them", async () => {
    assert.equal(readFileSync(file, "utf8"), await documentRenditions());
  });

  for (const { name } of operationTable) {
    it(`has an example of ${name} that is accepted, and in which it counts`, () => {
      const pairs = [...new URLSearchParams(operationTexts[name].example)] as [string, string][];
      const reading = readQueryOperations(pairs, settings);
      assert.ok("text" in reading, JSON.stringify(reading));
      const others = pairs.filter(([other]) => other !== name);
      const without = readQueryOperations(others, settings);
      assert.notEqual("text" in without && without.text, reading.text);
    });
  }

  it("names limits and defaults as they are", () => {
    const text = readFileSync(file, "utf8");
    assert.ok(text.includes(maxRenditionPixels.toLocaleString("en")));
    const { avif = 0, webp = 0, jpeg = 0 } = defaultQuality;
    assert.ok(text.includes(`By default ${avif}, ${webp} and ${jpeg}`));
  });
});
