import { strict as assert } from "node:assert";
import { WrittenNumber } from "../../../../page/ui/kit/json-text";
import { bodyViewOf } from "../../../../page/ui/requests/body-view";

const body = { size: 9, truncated: false };

describe("a body", () => {
  for (const contentType of ["application/json", "application/problem+json; charset=utf-8"]) {
    it(`of ${contentType} is shown as JSON`, () => {
      const text = '{"a":[1]}';
      assert.deepEqual(bodyViewOf({ ...body, contentType, text }), {
        as: "json",
        value: { a: [1] },
      });
    });
  }

  it("of JSON has its numbers as they were sent", () => {
    const text = '{"id":12345678901234567890,"price":1.0,"count":3,"text":"1.0"}';
    assert.deepEqual(bodyViewOf({ ...body, contentType: "application/json", text }), {
      as: "json",
      value: {
        id: new WrittenNumber("12345678901234567890"),
        price: new WrittenNumber("1.0"),
        count: 3,
        text: "1.0",
      },
    });
  });

  it("that is cut off, or no JSON after all, is shown as text", () => {
    const contentType = "application/json";
    const cut = { ...body, contentType, text: '{"a":', truncated: true };
    assert.deepEqual(bodyViewOf(cut), { as: "text", text: '{"a":' });
    assert.deepEqual(bodyViewOf({ ...body, contentType, text: "<html>" }), {
      as: "text",
      text: "<html>",
    });
  });

  it("that is a whole picture is shown as such", () => {
    const picture = { ...body, contentType: "image/png", base64: "AAEC" };
    assert.deepEqual(bodyViewOf(picture), { as: "image", source: "data:image/png;base64,AAEC" });
    assert.deepEqual(bodyViewOf({ ...picture, truncated: true }), { as: "nothing" });
  });

  it("whose type may hold scripts is not shown as a picture", () => {
    const svg = { ...body, contentType: "image/svg+xml", base64: "AAEC" };
    assert.deepEqual(bodyViewOf(svg), { as: "nothing" });
  });

  it("that is empty is not shown", () => {
    assert.deepEqual(bodyViewOf({ size: 0, truncated: false, text: "" }), { as: "nothing" });
  });
});
