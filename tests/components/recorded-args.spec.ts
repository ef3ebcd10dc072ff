import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../../components/recorded-args";

describe("recordedArgs", () => {
  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
      call: ({ inputs }) => inputs as object,
    });
  });

  it("keeps values, secrets and custom resources as they are given", () => {
    const args = {
      days: 1,
      password: pulumi.secret("hush"),
      provider: new (class extends pulumi.CustomResource {})("test:index:Thing", "thing"),
      nested: { list: [1, "a"] },
    };
    assert.deepEqual(Object.entries(recordedArgs(args)), Object.entries(args));
  });

  it("leaves out other components, whose children the component may add to", () => {
    const group = new pulumi.ComponentResource("test:index:Group", "group");
    assert.deepEqual(recordedArgs({ group, days: 1 }), { days: 1 });
  });
});
