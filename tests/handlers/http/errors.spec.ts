import assert from "node:assert/strict";
import { InvalidRequestError, jsonPointer } from "../../../handlers/http/errors";

describe("jsonPointer", () => {
  it("points to members and elements, and to the whole", () => {
    assert.equal(jsonPointer(["tags", "a/b~c", 0, ""]), "/tags/a~1b~0c/0/");
    assert.equal(jsonPointer([]), "");
  });

  it("points to the whole where the way is too long to tell", () => {
    assert.equal(jsonPointer(["x".repeat(199)]).length, 200);
    assert.equal(jsonPointer(["x".repeat(200)]), "");
  });
});

describe("InvalidRequestError", () => {
  it("gives every problem a pointer", () => {
    const { details } = new InvalidRequestError([
      { field: "tags.a.b", problem: "is bad", pointer: "/tags/a.b" },
      { field: "image", problem: "is empty" },
      { field: "body", problem: "is no JSON" },
    ]);
    assert.deepEqual(details, {
      details: [
        { field: "tags.a.b", problem: "is bad", pointer: "/tags/a.b" },
        { field: "image", problem: "is empty", pointer: "/image" },
        { field: "body", problem: "is no JSON", pointer: "" },
      ],
    });
  });
});
