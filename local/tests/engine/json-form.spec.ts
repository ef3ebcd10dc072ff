import assert from "node:assert/strict";
import { specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { fromJsonForm, toJsonForm } from "../../engine/json-form";

const float = (value: string) => ({
  [specialSigKey]: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c",
  value,
});

describe("The JSON form of properties", () => {
  const value = { z: [NaN, { inf: Infinity }], a: -Infinity, none: null, text: "", list: [] };
  const form = {
    a: float("fff0000000000000"),
    list: [],
    none: null,
    text: "",
    z: [float("7fffffffffffffff"), { inf: float("7ff0000000000000") }],
  };

  it("marks the numbers that JSON does not have, and sorts keys", () => {
    assert.equal(JSON.stringify(toJsonForm(value)), JSON.stringify(form));
  });

  it("is read as it was written", () => {
    assert.deepEqual(fromJsonForm(JSON.parse(JSON.stringify(form))), value);
  });
});
