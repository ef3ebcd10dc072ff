import { strict as assert } from "node:assert";
import { describeInBrowser } from "./browser";

describe("describeInBrowser", () => {
  it("adds its tests to the file that calls it, whichever has loaded it first", () => {
    const { describe: own } = globalThis;
    const titles: string[] = [];
    const describeOfNextFile = (title: string) => titles.push(title);
    globalThis.describe = Object.assign(describeOfNextFile, {
      skip: describeOfNextFile,
    }) as unknown as typeof own;
    try {
      describeInBrowser("a view", () => undefined);
    } finally {
      globalThis.describe = own;
    }
    assert.deepEqual(titles, ["a view"]);
  });
});
