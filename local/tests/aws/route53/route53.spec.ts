import assert from "node:assert/strict";
import { Route53 } from "../../../aws/route53/route53";

const record = { zoneId: "Z1", name: "a.example.com", type: "A", values: ["1.2.3.4"], routing: {} };

describe("Route53", () => {
  it("refuses a record that is there already, unless it may be replaced", () => {
    const route53 = new Route53();
    route53.createRecord(record, false);
    const create = (changes: object, mayReplace = false) => {
      route53.createRecord({ ...record, ...changes }, mayReplace);
    };
    assert.throws(
      () => {
        create({ name: "A.Example.com" });
      },
      { code: "InvalidChangeBatch", message: /name='A\.Example\.com\.', type='A'/ },
    );
    for (const changes of [{ type: "AAAA" }, { zoneId: "Z2" }, { setIdentifier: "eu" }]) {
      assert.doesNotThrow(() => {
        create(changes);
      });
    }
    assert.doesNotThrow(() => {
      create({}, true);
    });
    route53.deleteRecord(record);
    assert.doesNotThrow(() => {
      create({});
    });
  });
});
