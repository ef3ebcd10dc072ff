import { strict as assert } from "node:assert";
import { imageTypes } from "../../../handlers/images/image-types";
import { acceptedTypes } from "../../../views/images/accepted-types";

describe("the images that can be chosen", () => {
  it("are those that the API accepts", () => {
    assert.deepEqual(acceptedTypes, imageTypes);
  });
});
