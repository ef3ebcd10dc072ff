import assert from "node:assert/strict";
import { Route53 } from "../../aws/route53/route53";
import { route53Invokes, route53Resources } from "../../provider/route53";
import { createPlanned } from "./create-planned";
import { plannedRequest } from "./planned-request";

const type = "aws:route53/record:Record";

const getZoneOf = (route53: Route53) =>
  route53Invokes(route53)["aws:route53/getZone:getZone"] ?? assert.fail();

describe("route53Resources", () => {
  it("tell a record's whole name, without a dot at the end", async () => {
    const types = route53Resources(new Route53());
    const inputs = {
      zoneId: "Z1",
      name: "_a.example.com.",
      type: "CNAME",
      records: ["b."],
      ttl: 300,
    };
    const { id, outputs } = await createPlanned(types, plannedRequest(type, inputs));
    assert.equal(id, "Z1__a.example.com_CNAME");
    assert.equal(outputs.fqdn, "_a.example.com");
    assert.equal(outputs.name, "_a.example.com");
  });

  it("refuse a record that is there already", async () => {
    const types = route53Resources(new Route53());
    const inputs = {
      zoneId: "Z1",
      name: "a.example.com",
      type: "A",
      records: ["192.0.2.1"],
      ttl: 1,
    };
    await createPlanned(types, plannedRequest(type, inputs));
    await assert.rejects(createPlanned(types, plannedRequest(type, inputs, "again")), {
      code: "InvalidChangeBatch",
    });
    await createPlanned(types, plannedRequest(type, { ...inputs, allowOverwrite: true }, "over"));
  });
});

describe("getZone", () => {
  let route53: Route53;
  let getZone: ReturnType<typeof getZoneOf>;

  beforeEach(() => {
    route53 = new Route53();
    getZone = getZoneOf(route53);
  });

  it("finds any public zone, always by the same id", async () => {
    const { zoneId, name } = await getZone({ name: "example.com." });
    assert.match(String(zoneId), /^Z[\dA-F]{20}$/);
    assert.equal(name, "example.com");
    assert.equal((await getZone({ name: "example.com" })).zoneId, zoneId);
    assert.equal((await getZone({ zoneId: "Z1" })).zoneId, "Z1");
    assert.equal((await getZone({ zoneId })).name, "example.com");
    assert.deepEqual(
      route53.zones().map((zone) => zone.name),
      ["example.com"],
    );
  });

  it("takes a name or an id, and no private zone", () => {
    assert.throws(() => getZone({}), /one of name and zoneId/);
    assert.throws(() => getZone({ name: "a.example", zoneId: "Z1" }), /one of name and zoneId/);
    assert.throws(() => getZone({ name: "a.example", privateZone: true }), /no private ones/);
  });
});
