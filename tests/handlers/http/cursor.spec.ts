import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { decodeCursor, encodeCursor, type List } from "../../../handlers/http/cursor";

describe("cursors", () => {
  const position = {
    timestamp: "2026-01-02T03:04:05.678Z",
    id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  };

  function assertInvalid(list: List, cursor: string): void {
    assert.throws(() => decodeCursor(list, cursor), { statusCode: 400, code: "InvalidCursor" });
  }

  /** A cursor as it would be made for this payload. */
  function forged(list: List, payload: string): string {
    const text = JSON.stringify([list.userId ?? null, list.tag ?? null, payload]);
    const digest = createHash("sha256").update(text).digest().subarray(0, 16);
    return Buffer.concat([digest, Buffer.from(payload)]).toString("base64url");
  }

  const lists: List[] = [
    {},
    { userId: "u" },
    { userId: "null" },
    { tag: "a:b" },
    { userId: "🎞".repeat(128), tag: "🎞".repeat(385) },
    { recordId: "r" },
    { userId: "u", recordId: "🎞".repeat(512) },
  ];
  for (const list of lists) {
    it(`lead back to the position in the list of ${JSON.stringify(list).slice(0, 30)}`, () => {
      assert.deepEqual(decodeCursor(list, encodeCursor(list, position)), position);
    });
  }

  it("work for their list only", () => {
    const alike: List[] = [{}, { userId: "null" }, { userId: "a:b" }, { tag: "a:b" }];
    alike.push({ userId: "a", tag: "a:b" }, { userId: "b", tag: "a:b" });
    alike.push({ recordId: "" }, { recordId: "null" }, { userId: "a", recordId: "a:b" });
    for (const list of alike) {
      for (const other of alike.filter((each) => each !== list)) {
        assertInvalid(other, encodeCursor(list, position));
      }
    }
  });

  it("are refused when any character is changed or missing", () => {
    const cursor = encodeCursor({ userId: "u" }, position);
    for (let index = 0; index < cursor.length; index++) {
      const changed = cursor[index] === "A" ? "B" : "A";
      assertInvalid({ userId: "u" }, cursor.slice(0, index) + changed + cursor.slice(index + 1));
      assertInvalid({ userId: "u" }, cursor.slice(0, index));
    }
    assertInvalid({ userId: "u" }, `${cursor}A`);
    assertInvalid({ userId: "u" }, `${cursor}=`);
    assertInvalid({ userId: "u" }, ` ${cursor}`);
  });

  it("are refused when they are something else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assertInvalid({ userId: "u" }, text);
      }),
    );
    assertInvalid({ userId: "u" }, Buffer.alloc(6000).toString("base64url"));
  });

  const { timestamp } = position;
  const id = JSON.stringify(position.id);
  for (const [what, payload] of [
    ["no JSON", "["],
    ["no array", `{"timestamp":"${timestamp}","id":${id}}`],
    ["nothing", "[]"],
    ["nothing but a time", `["${timestamp}"]`],
    ["a further value", `["${timestamp}",${id},1]`],
    ["a space", `["${timestamp}", ${id}]`],
    ["a time that is a number", `[1767323045678,${id}]`],
    ["a time that is none", `["2026-13-02T03:04:05.678Z",${id}]`],
    ["a time that is written otherwise", `["2026-01-02T03:04:05Z",${id}]`],
    ["a condition in the place of a time", `[{"S":"${timestamp}"},${id}]`],
    ["an id that is none", `["${timestamp}","images/1"]`],
    ["an id that is null", `["${timestamp}",null]`],
    ["very long text", `["${timestamp}","${"a".repeat(5000)}"]`],
  ] as const) {
    it(`are refused when somebody made them up of ${what}`, () => {
      assertInvalid({ userId: "u" }, forged({ userId: "u" }, payload));
    });
  }

  it("lead to a position of the same list when somebody made them up of a time and an id", () => {
    const cursor = forged({ userId: "u" }, `["${timestamp}",${id}]`);
    assert.deepEqual(decodeCursor({ userId: "u" }, cursor), position);
  });
});
