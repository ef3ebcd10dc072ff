import assert from "node:assert/strict";
import { findFunction } from "../../cli/find-function";

const functions = [
  { logicalName: "api-get-image", name: "shop-get-image-1a2b" },
  { logicalName: "api-get-image-content", name: "shop-get-image-content-3c4d" },
  { logicalName: "api-upload", name: "shop-upload-5e6f" },
];

describe("findFunction", () => {
  it("takes a name of the program or of AWS", () => {
    assert.equal(findFunction("api-get-image", functions), "shop-get-image-1a2b");
    assert.equal(findFunction("shop-get-image-1a2b", functions), "shop-get-image-1a2b");
  });

  it("takes a part of a name that no other function has, in any case", () => {
    assert.equal(findFunction("content", functions), "shop-get-image-content-3c4d");
    assert.equal(findFunction("Upload", functions), "shop-upload-5e6f");
    assert.equal(findFunction("5e6f", functions), "shop-upload-5e6f");
  });

  it("takes the name of which a longer one is made, where its end is that name", () => {
    assert.equal(findFunction("get-image", functions), "shop-get-image-1a2b");
  });

  it("lists the functions that a part may stand for", () => {
    assert.throws(() => findFunction("api", functions), {
      name: "UserError",
      message:
        "--inspect api may be each of api-get-image, api-get-image-content, api-upload: give one of these names.",
    });
  });

  it("guesses what a misspelling may stand for, and lists what there is", () => {
    assert.throws(() => findFunction("api-uplaod", functions), {
      message:
        "--inspect api-uplaod: the stack has no such function. Did you mean api-upload? " +
        "Of functions, there are api-get-image, api-get-image-content, api-upload.",
    });
    assert.throws(() => findFunction("get-imgae", functions), /Did you mean api-get-image\?/);
    assert.throws(() => findFunction("x", []), {
      message: "--inspect x: the stack has no such function. Of functions, there are none.",
    });
  });
});
