import assert from "node:assert/strict";
import * as z from "zod/mini";
import { InvalidRequestError } from "../../../handlers/http/errors";
import { jsonProblem, withGivenValue } from "../../../handlers/http/given-value";
import { validate } from "../../../handlers/http/request";
import { number, only, string, text } from "../../../handlers/http/schema-parts";

describe("withGivenValue", () => {
  for (const [given, said] of [
    ["abc", '"abc"'],
    ["", '""'],
    ['a "quote"\n', String.raw`"a \"quote\"\n"`],
    ["x".repeat(40), `"${"x".repeat(40)}"`],
    [5, "5"],
    [true, "true"],
    [null, "null"],
    [["a"], "a list"],
    [{ a: 1 }, "an object"],
  ] as const) {
    it(`says that it is ${said}`, () => {
      assert.equal(
        withGivenValue("must be so", { field: given }, ["field"]),
        `must be so, not ${said}`,
      );
    });
  }

  for (const [what, problem, given] of [
    ["of a long text", "must be base64", "x".repeat(41)],
    ["of nothing", "must be a string", undefined],
    ["where it is said already", 'must be one of a, b, not "c"', "c"],
    ["of what is wrong in another way", "must have 1 to 4 characters, but has 9", "aaaaaaaaa"],
  ] as const) {
    it(`says no more ${what}`, () => {
      assert.equal(withGivenValue(problem, { field: given }, ["field"]), problem);
    });
  }

  it("finds what lies deeper, in lists too, and takes nothing for given that is inherited", () => {
    const body = { tags: [{ value: 7 }] };
    assert.equal(withGivenValue("must be so", body, ["tags", 0, "value"]), "must be so, not 7");
    assert.equal(withGivenValue("must be so", body, ["constructor", "name"]), "must be so");
    assert.equal(withGivenValue("must be so", [1], []), "must be so, not a list");
  });
});

describe("validate", () => {
  const schema = only({
    userId: text(1, 8),
    size: z.optional(number()),
    tags: z.optional(string()),
  });

  const problemsOf = (value: unknown) => {
    try {
      validate(schema, value);
    } catch (error) {
      assert.ok(error instanceof InvalidRequestError);
      return error.message;
    }
    throw new Error("It was accepted.");
  };

  it("says of each problem what was given in place of what must be", () => {
    assert.equal(
      problemsOf({ user_id: 5, size: "5", tags: ["a"] }),
      'user_id must be a string, not 5; size must be a number, not "5"; tags must be a string, not a list.',
    );
    assert.equal(problemsOf([]), "body must be a JSON object, not a list.");
  });

  it("says of what is missing, too long or not accepted what it has said", () => {
    assert.equal(
      problemsOf({ size: 1, name: "x" }),
      "userId is required; name is not accepted (accepted: userId, size, tags).",
    );
    assert.equal(
      problemsOf({ userId: "123456789" }),
      "userId must have 1 to 8 characters, but has 9.",
    );
  });
});

describe("jsonProblem", () => {
  const problemOf = (body: string) => {
    try {
      JSON.parse(body);
    } catch (error) {
      return jsonProblem(error);
    }
    throw new Error("It is JSON.");
  };

  for (const [body, said] of [
    ['{"id":"a",}', "must be JSON, and is none from line 1, column 11 on"],
    ['{\n  "id": "secret"\n  "more": 1}', "must be JSON, and is none from line 3, column 3 on"],
    ['{"id":', "must be JSON, and ends too early"],
    ["", "must be JSON, and ends too early"],
    ["secret", "must be JSON"],
  ] as const) {
    it(`says where ${JSON.stringify(body)} is none, and nothing of what is in it`, () => {
      assert.equal(problemOf(body), said);
    });
  }

  it("says no more of what was refused in another way", () => {
    assert.equal(jsonProblem(new RangeError("too deep")), "must be JSON");
  });
});
