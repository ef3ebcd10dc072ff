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

  const own = { ...record, name: "example.com", type: "NS", values: ["ns.example.net."], ttl: 60 };
  const valuesOf = (route53: Route53, type: string) =>
    route53.zone("Z1")?.records.find((each) => each.name === "example.com" && each.type === type)
      ?.values;

  it("has the records of name servers in each zone, which may be replaced and not deleted", () => {
    const route53 = new Route53();
    route53.nameZone("Z1", "example.com");
    assert.equal(valuesOf(route53, "NS")?.length, 4);
    assert.throws(() => {
      route53.createRecord(own, false);
    }, /name='example.com.', type='NS'\] but it already exists/);
    route53.createRecord(own, true);
    assert.deepEqual(valuesOf(route53, "NS"), ["ns.example.net."]);
    assert.equal(route53.zone("Z1")?.records.length, 2);
    const messages = [
      ["NS", "[A HostedZone must contain at least one NS record for the zone itself.]"],
      ["SOA", "[A HostedZone must contain exactly one SOA record.]"],
    ] as const;
    for (const [type, message] of messages) {
      assert.throws(
        () => {
          route53.deleteRecord({ ...own, type });
        },
        { code: "InvalidChangeBatch", message },
      );
    }
    route53.createRecord({ ...own, name: "sub.example.com" }, false);
    route53.deleteRecord({ ...own, name: "sub.example.com" });
    assert.equal(route53.zone("Z1")?.records.length, 2);
  });

  it("deletes a zone that has no more records than every zone", () => {
    const route53 = new Route53();
    const zone = { id: "Z1", name: "example.com", comment: "", tags: {} };
    route53.putZone(zone);
    route53.createRecord(record, false);
    const refused = { code: "HostedZoneNotEmpty", statusCode: 400 };
    assert.throws(() => {
      route53.deleteZone("Z1", false);
    }, refused);
    assert.throws(() => {
      route53.requireEmpty("Z1", ({ type }) => type !== "A");
    }, refused);
    route53.requireEmpty("Z1", ({ type }) => type === "A");
    route53.deleteRecord(record);
    route53.createRecord(own, true);
    route53.deleteZone("Z1", false);
    assert.deepEqual(route53.zones(), []);
    route53.putZone(zone);
    route53.createRecord(record, false);
    route53.deleteZone("Z1", true);
    assert.deepEqual(route53.zones(), []);
  });
});
