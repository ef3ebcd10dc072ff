import assert from "node:assert/strict";
import { queryInput } from "../../../aws/api/query-input";

describe("queryInput", () => {
  it("reads lists of members, in the order of their numbers", () => {
    const body = "Action=A&Version=1&Tags.member.2.Key=b&Tags.member.1.Key=a&Tags.member.10.Key=c";
    assert.deepEqual(queryInput(body), { Tags: [{ Key: "a" }, { Key: "b" }, { Key: "c" }] });
  });

  it("reads flattened lists, maps and structures", () => {
    const body =
      "AttributeName.1=All&Attributes.entry.1.key=k&Attributes.entry.1.value=v&Filter.Name=x&Filter.Deep.Of=y";
    assert.deepEqual(queryInput(body), {
      AttributeName: ["All"],
      Attributes: { k: "v" },
      Filter: { Name: "x", Deep: { Of: "y" } },
    });
  });

  it("makes numbers and booleans of those members alone that are such", () => {
    const types = { integers: ["Max"], booleans: ["Only"] };
    const body = "Max=5&Only=true&Name=5&Text=true&Other.Max=x";
    assert.deepEqual(queryInput(body, types), {
      Max: 5,
      Only: true,
      Name: "5",
      Text: "true",
      Other: { Max: "x" },
    });
  });

  it("takes names such as __proto__ for names", () => {
    const input = queryInput("__proto__.admin=yes&constructor.name=x");
    assert.equal(Object.hasOwn(input, "__proto__"), true);
    assert.equal(({} as { admin?: string }).admin, undefined);
  });
});
