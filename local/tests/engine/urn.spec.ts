import assert from "node:assert/strict";
import { makeUrn, nameOf, typeOf } from "../../engine/urn";

const identity = { project: "demo", stack: "dev" };

describe("makeUrn", () => {
  const stack = makeUrn(identity, "pulumi:pulumi:Stack", "demo-dev", undefined);

  it("leaves the stack out of the chain of types", () => {
    assert.equal(stack, "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev");
    assert.equal(makeUrn(identity, "a:b:C", "c", stack), "urn:pulumi:dev::demo::a:b:C::c");
    assert.equal(makeUrn(identity, "a:b:C", "c", undefined), "urn:pulumi:dev::demo::a:b:C::c");
  });

  it("joins the types of all other parents", () => {
    const parent = makeUrn(identity, "a:b:C", "c", stack);
    const child = makeUrn(identity, "d:e:F", "f", parent);
    assert.equal(makeUrn(identity, "g:h:I", "i", child).split("::")[2], "a:b:C$d:e:F$g:h:I");
  });

  it("can be taken apart, whatever the name", () => {
    const urn = makeUrn(identity, "d:e:F", "odd::name$", makeUrn(identity, "a:b:C", "c", stack));
    assert.equal(nameOf(urn), "odd::name$");
    assert.equal(typeOf(urn), "d:e:F");
  });
});
