import assert from "node:assert/strict";
import { ApiError, InvalidRequestError, jsonPointer } from "../../../handlers/http/errors";

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

  it("writes control characters of names as JSON does in what people read, and nowhere else", () => {
    const field = "a\0b\n\u007f\u009f\u00e9";
    const { message, details } = new InvalidRequestError([
      { field, problem: `came as ${field}`, pointer: `/${field}` },
    ]);
    const written = "a\\u0000b\\u000a\\u007f\\u009f\u00e9";
    assert.equal(message, `${written} came as ${written}.`);
    assert.deepEqual(details, {
      details: [{ field, problem: `came as ${written}`, pointer: `/${field}` }],
    });
    assert.equal(new ApiError(415, "A", "a\tb").message, "a\\u0009b");
  });

  it("says no more than the contract has room for", () => {
    const problems = Array.from({ length: 30 }, (_, index) => ({
      field: `${index}`.padEnd(200, "x"),
      problem: "is bad ".repeat(200),
    }));
    const { message, details } = new InvalidRequestError(problems);
    assert.equal(message.length, 2048);
    assert.match(message, /^0x.*…$/);
    const listed = details.details as { problem: string }[];
    assert.deepEqual([listed.length, listed[0]?.problem.length], [20, 1024]);
    // No half of a character is left.
    const emoji = new ApiError(400, "A", `x${"\u{1f600}".repeat(2000)}`).message;
    assert.ok(emoji.length <= 2048 && emoji.endsWith("\u{1f600}…"));
    assert.equal(new ApiError(400, "A", "y".repeat(2048)).message, "y".repeat(2048));
  });
});
