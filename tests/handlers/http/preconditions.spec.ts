import assert from "node:assert/strict";
import {
  isUnchanged,
  type Preconditions,
  readPreconditions,
  requireChangeable,
  requireMatch,
} from "../../../handlers/http/preconditions";
import { apiEvent } from "../support";

const [etag, other] = ['"a"', '"b"'];
const weak = `W/${etag}`;

/** The header that is named by the error, if there is one. */
function refusal(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Error);
    const { statusCode, code } = error as Error & Record<string, unknown>;
    assert.deepEqual([statusCode, code], [412, "PreconditionFailed"]);
    const [, header] =
      /^The thing is not what (\S+) asks for: get it, and decide anew\.$/.exec(error.message) ?? [];
    assert.ok(header, error.message);
    return header;
  }
}

describe("readPreconditions", () => {
  it("reads both headers, and tells one that is empty from one that was not sent", () => {
    const headers = { "if-MATCH": "", "If-None-Match": "*" };
    assert.deepEqual(readPreconditions(apiEvent({ headers })), { ifMatch: "", ifNoneMatch: "*" });
    const none = { ifMatch: undefined, ifNoneMatch: undefined };
    assert.deepEqual(readPreconditions(apiEvent({})), none);
  });
});

describe("requireMatch and isUnchanged", () => {
  it("let through what is meant, and tell of what is known", () => {
    for (const ifMatch of [undefined, etag, `${other}, ${etag}`, "*"]) {
      assert.equal(
        refusal(() => {
          requireMatch(etag, { ifMatch }, "The thing");
        }),
        undefined,
      );
    }
    for (const ifMatch of ["", other, weak]) {
      assert.equal(
        refusal(() => {
          requireMatch(etag, { ifMatch }, "The thing");
        }),
        "If-Match",
      );
    }
    const known = (ifNoneMatch?: string) => isUnchanged(etag, { ifNoneMatch });
    assert.deepEqual([etag, weak, "*"].map(known), [true, true, true]);
    assert.deepEqual([undefined, "", other].map(known), [false, false, false]);
  });

  it("know that what has no tag is there, and that nothing is not", () => {
    assert.equal(
      refusal(() => {
        requireMatch("", { ifMatch: "*" }, "The thing");
      }),
      undefined,
    );
    assert.equal(
      refusal(() => {
        requireMatch("", { ifMatch: etag }, "The thing");
      }),
      "If-Match",
    );
    assert.equal(
      refusal(() => {
        requireMatch(undefined, { ifMatch: "*" }, "The thing");
      }),
      "If-Match",
    );
  });
});

describe("requireChangeable", () => {
  const cases: [found: string | undefined, Preconditions, refused: string | undefined][] = [
    [etag, {}, undefined],
    [etag, { ifMatch: etag, ifNoneMatch: other }, undefined],
    [etag, { ifNoneMatch: other }, undefined],
    [etag, { ifNoneMatch: "" }, undefined],
    [etag, { ifNoneMatch: etag }, "If-None-Match"],
    [etag, { ifNoneMatch: `${other}, ${weak}` }, "If-None-Match"],
    [etag, { ifNoneMatch: "*" }, "If-None-Match"],
    [etag, { ifMatch: etag, ifNoneMatch: etag }, "If-None-Match"],
    [etag, { ifMatch: other, ifNoneMatch: etag }, "If-Match"],
    [undefined, { ifNoneMatch: "*" }, undefined],
    [undefined, { ifMatch: "*", ifNoneMatch: "*" }, "If-Match"],
  ];
  for (const [found, preconditions, refused] of cases) {
    it(`${refused ? "refuses" : "allows"} ${JSON.stringify(preconditions)} of ${found ?? "nothing"}`, () => {
      assert.equal(
        refusal(() => {
          requireChangeable(found, preconditions, "The thing");
        }),
        refused,
      );
    });
  }
});
