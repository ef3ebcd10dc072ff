import { strict as assert } from "node:assert";
import { shownSize } from "../../../views/images/image-shape";

describe("the size of an image as it is shown", () => {
  for (const orientation of [undefined, 1, 2, 3, 4]) {
    it(`is that of the file with the orientation ${String(orientation)}`, () => {
      assert.deepEqual(shownSize({ width: 3, height: 2, orientation }), { width: 3, height: 2 });
    });
  }
  for (const orientation of [5, 6, 7, 8]) {
    it(`is that of the file on its side with the orientation ${orientation}`, () => {
      assert.deepEqual(shownSize({ width: 3, height: 2, orientation }), { width: 2, height: 3 });
    });
  }
});
