import assert from "node:assert/strict";
import { unknown } from "@pulumi/pulumi/output";
import { checkInputs } from "../../../provider/rules/check";
import {
  anything,
  arn,
  atLeastOneOf,
  between,
  block,
  computed,
  conflicts,
  decimal,
  document,
  exactlyOneOf,
  flag,
  inCase,
  integer,
  json,
  length,
  list,
  map,
  oneOf,
  regional,
  required,
  requires,
  text,
  timestamp,
  typeRules,
} from "../../../provider/rules/rule";
import type { Argument, Given, Relation } from "../../../provider/rules/rule";

const problems = (argument: Argument, value: unknown) =>
  checkInputs(typeRules({ size: argument }), { size: value });

const related = (relation: Relation, given: Given) =>
  checkInputs(typeRules({ one: anything(), two: anything(), three: anything() }, relation), given);

describe("checkInputs", () => {
  it("names arguments that there are not, and what may have been meant", () => {
    const rules = typeRules({ memorySize: integer(), settings: block({ mode: text() }) });
    assert.deepEqual(checkInputs(rules, { memorysize: 1, zone: "a", settings: { mod: "x" } }), [
      'unknown argument "memorysize": there is none of that name; did you mean "memorySize"?',
      'unknown argument "zone": there is none of that name',
      'unknown argument "settings.mod": there is none of that name; did you mean "mode"?',
    ]);
  });

  it("names required arguments that are missing, also in blocks that are given", () => {
    const rules = typeRules({
      role: required(text()),
      logging: block({ format: required(text()) }),
    });
    assert.deepEqual(checkInputs(rules, {}), ['missing required argument "role"']);
    assert.deepEqual(checkInputs(rules, { role: null, logging: {} }), [
      'missing required argument "role"',
      'missing required argument "logging.format"',
    ]);
  });

  it("takes the region of a resource that has one, and refuses what only AWS decides", () => {
    assert.deepEqual(checkInputs(regional({}), { region: "eu-west-1" }), []);
    assert.deepEqual(problems(computed(), "mine"), [
      '"size" can not be given: AWS decides its value, got mine',
    ]);
  });

  it("takes numbers and truth values as text, and the other way round, as the provider", () => {
    assert.deepEqual(problems(text(oneOf("1")), 1), []);
    assert.deepEqual(problems(integer(between(1, 9)), "5"), []);
    assert.deepEqual(problems(flag(), "true"), []);
  });

  it("refuses values of another type", () => {
    assert.deepEqual(problems(text(), { a: 1 }), ['expected size to be text, got {"a":1}']);
    assert.deepEqual(problems(integer(), "many"), ["expected size to be a number, got many"]);
    assert.deepEqual(problems(integer(), 1.5), ["expected size to be a whole number, got 1.5"]);
    assert.deepEqual(problems(decimal(), 1.5), []);
    assert.deepEqual(problems(flag(), "yes"), ["expected size to be true or false, got yes"]);
    assert.deepEqual(problems(list(text()), "one"), ["expected size to be a list, got one"]);
    assert.deepEqual(problems(map(), []), ["expected size to be an object, got []"]);
    assert.deepEqual(problems(block({}), "one"), ["expected size to be an object, got one"]);
  });

  it("says which item of a list, which key of a map and which block is wrong", () => {
    assert.deepEqual(problems(list(block({ mode: text(oneOf("on")) })), [{}, { mode: "up" }]), [
      'expected size[1].mode to be one of ["on"], got up',
    ]);
    assert.deepEqual(problems(map(text(length(0, 1)), length(0, 2)), { abc: "x", d: "xy" }), [
      "expected length of a key of size to be in the range (0 - 2), got abc",
      'expected length of size["d"] to be in the range (0 - 1), got xy',
    ]);
  });

  it("counts the items of a list", () => {
    const some = list(text(), { min: 1, max: 2 });
    assert.deepEqual(problems(some, []), ['"size" needs 1 items at least, but has 0']);
    assert.deepEqual(problems(some, ["a"]), []);
    assert.deepEqual(problems(some, ["a", "b", "c"]), ['"size" takes 2 items at most, but has 3']);
  });

  it("looks into every part of an ARN", () => {
    const problem = (value: string) => problems(text(arn()), value)[0];
    for (const value of [
      "",
      "arn:aws:s3:::bucket",
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f",
    ]) {
      assert.equal(problem(value), undefined, value);
    }
    const about = (value: string, reason: string) => {
      assert.equal(problem(value), `"size" (${value}) is an invalid ARN: ${reason}`);
    };
    about("bucket", "it does not begin with arn:");
    about(
      "arn:aws:s3",
      "it has not enough parts, which are arn:partition:service:region:account:resource",
    );
    about("arn:azure:s3:::bucket", "azure is no partition");
    about("arn:aws:sns:europe:123456789012:t", "europe is no region");
    about("arn:aws:sns:eu-west-1:12:t", "12 is no account id of 12 digits");
    about("arn:aws:s3:::", "it names no resource");
  });

  it("takes documents as JSON text and as objects, and where one is needed nothing else", () => {
    for (const argument of [text(json()), text(document())]) {
      assert.deepEqual(problems(argument, "{}"), []);
      assert.deepEqual(problems(argument, { Statement: [] }), []);
      assert.match(problems(argument, "{")[0] ?? "", /^"size" contains an invalid JSON: /);
    }
    assert.deepEqual(problems(text(json()), ""), []);
    assert.deepEqual(problems(text(json()), "[]"), []);
    assert.deepEqual(problems(text(document()), ""), [
      '"size" is an empty string, which is not a valid JSON value',
    ]);
    assert.deepEqual(problems(text(document()), "[]"), [
      '"size" contains an invalid JSON policy: it is no JSON object, got []',
    ]);
  });

  it("takes times as RFC 3339 writes them", () => {
    assert.deepEqual(problems(text(timestamp()), "2030-01-31T12:00:00+02:00"), []);
    for (const value of ["2030-01-31", "2030-13-31T12:00:00Z"]) {
      assert.deepEqual(problems(text(timestamp()), value), [
        `expected size to be a time in the format of RFC 3339, got ${value}`,
      ]);
    }
  });

  it("cuts long values short", () => {
    assert.deepEqual(problems(text(length(0, 64)), "x".repeat(65)), [
      `expected length of size to be in the range (0 - 64), got ${"x".repeat(40)}… (65 characters)`,
    ]);
  });

  it("lets unknown values pass, and judges their neighbours", () => {
    const rules = typeRules({
      role: required(text(arn())),
      rules: list(block({ mode: text(oneOf("on")), days: integer(between(1, 9)) })),
      tags: map(text(length(0, 1))),
    });
    assert.deepEqual(
      checkInputs(rules, {
        role: unknown,
        rules: [unknown, { mode: unknown, days: 10 }],
        tags: { a: unknown, b: "xy" },
      }),
      [
        "expected rules[1].days to be in the range (1 - 9), got 10",
        'expected length of tags["b"] to be in the range (0 - 1), got xy',
      ],
    );
  });

  describe("of arguments that have to do with each other", () => {
    it("refuses those that exclude each other, unless one is unknown", () => {
      const relation = conflicts("one", "two", "three");
      assert.deepEqual(related(relation, { one: false, three: 0 }), [
        '"one" conflicts with "three"',
      ]);
      assert.deepEqual(related(relation, { two: 1, three: 2 }), []);
      assert.deepEqual(related(relation, { one: 1, two: unknown }), []);
    });

    it("wants exactly one, or at least one", () => {
      const relation = exactlyOneOf("one", "two");
      assert.deepEqual(related(relation, {}), ['one of "one", "two" must be given']);
      assert.deepEqual(related(relation, { two: 1 }), []);
      assert.deepEqual(related(relation, { two: unknown }), []);
      assert.deepEqual(related(relation, { one: 1, two: 2 }), [
        'only one of "one", "two" can be given, but "one", "two" are',
      ]);
      assert.deepEqual(related(atLeastOneOf("one", "two"), { three: 1 }), [
        'one of "one", "two" must be given',
      ]);
      assert.deepEqual(related(atLeastOneOf("one", "two"), { one: 1, two: 2 }), []);
    });

    it("wants what goes along with another", () => {
      const relation = requires("one", "two");
      assert.deepEqual(related(relation, { one: 1 }), ['"one" also needs "two"']);
      assert.deepEqual(related(relation, { one: 1, two: unknown }), []);
      assert.deepEqual(related(relation, { two: 1 }), []);
    });

    it("wants or refuses one by the value of another, and takes defaults into account", () => {
      const relation = inCase(
        { argument: "one", is: ["on"], otherwise: "on" },
        { argument: "two", must: "be given", because: "one is on" },
        { argument: "three", must: "not be given", because: "one is on" },
      );
      assert.deepEqual(related(relation, { three: 3 }), [
        '"two" must be given when one is on',
        '"three" can not be given when one is on, got 3',
      ]);
      assert.deepEqual(related(relation, { one: "off" }), []);
      assert.deepEqual(related(relation, { one: unknown }), []);
      assert.deepEqual(related(relation, { two: unknown, three: unknown }), []);
    });

    it("names them by their paths", () => {
      const rules = typeRules({
        block: block({ one: text(), two: text() }, conflicts("one", "two")),
      });
      assert.deepEqual(checkInputs(rules, { block: { one: "a", two: "b" } }), [
        '"block.one" conflicts with "block.two"',
      ]);
    });
  });
});
