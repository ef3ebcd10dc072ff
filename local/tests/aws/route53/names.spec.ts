import assert from "node:assert/strict";
import { byName, commonDomain, shownName } from "../../../aws/route53/names";

describe("byName", () => {
  it("sorts by labels from the last to the first, then by type", () => {
    const sorted = [
      { name: "example.com", type: "A" },
      { name: "example.com", type: "AAAA" },
      { name: "a.example.com", type: "A", setIdentifier: "eu" },
      { name: "a.example.com", type: "A", setIdentifier: "us" },
      { name: "z.a.example.com", type: "A" },
      { name: "B.example.com", type: "A" },
      { name: "example-a.com", type: "A" },
    ];
    assert.deepEqual(sorted.toReversed().sort(byName), sorted);
  });
});

describe("shownName", () => {
  it("writes what is no letter, digit, dot or hyphen in octal", () => {
    assert.equal(shownName("*.A_b-c.Example"), "\\052.a_b-c.example.");
  });
});

describe("commonDomain", () => {
  it("is the domain that all names are in", () => {
    for (const [names, domain] of [
      [["a.img.example.com", "_b.c.img.example.com"], "img.example.com"],
      [["a.example.com", "example.com"], "example.com"],
      [["a.example.com"], "example.com"],
      [["a.example", "b.other"], ""],
      [[], ""],
    ] as const) {
      assert.equal(commonDomain(names), domain, names.join());
    }
  });
});
