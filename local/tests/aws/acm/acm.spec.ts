import assert from "node:assert/strict";
import { Acm, covers } from "../../../aws/acm/acm";
import { certificateOf } from "./certificate-of";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/1";

describe("Acm", () => {
  it("has the certificates that it was given", () => {
    const acm = new Acm();
    const certificate = certificateOf(arn, "a.example");
    assert.throws(() => acm.get(arn), { code: "ResourceNotFoundException" });
    acm.put(certificate);
    assert.equal(acm.get(arn), certificate);
    acm.delete(arn);
    assert.equal(acm.find(arn), undefined);
  });

  it("tells whether a certificate is for a name, of which * stands for one label", () => {
    const certificate = certificateOf(arn, "a.example", "*.b.example");
    for (const name of ["a.example", "x.b.example"]) {
      assert.equal(covers(certificate, name), true, name);
    }
    for (const name of ["b.example", "x.a.example", "x.y.b.example", "example"]) {
      assert.equal(covers(certificate, name), false, name);
    }
  });
});
