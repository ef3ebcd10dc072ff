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

describe("a zone of route53Resources", () => {
  const zoneType = "aws:route53/zone:Zone";
  const inputs = { name: "example.com.", tags: { Team: "one" } };

  it("has name servers, and is found by its name", async () => {
    const route53 = new Route53();
    const { id, outputs } = await createPlanned(
      route53Resources(route53),
      plannedRequest(zoneType, inputs),
    );
    const { nameServers, primaryNameServer, ...others } = outputs;
    assert.equal((nameServers as string[]).length, 4);
    assert.ok((nameServers as string[]).includes(String(primaryNameServer)));
    assert.deepEqual(others, {
      arn: `arn:aws:route53:::hostedzone/${id}`,
      comment: "Managed by Pulumi",
      forceDestroy: false,
      name: "example.com",
      tags: { Team: "one" },
      tagsAll: { Team: "one" },
      zoneId: id,
    });
    const found = await getZoneOf(route53)({ name: "example.com" });
    assert.deepEqual(
      [found.zoneId, found.nameServers, found.comment, found.tags, found.resourceRecordSetCount],
      [id, nameServers, "Managed by Pulumi", { Team: "one" }, 2],
    );
  });

  it("is deleted after its records, or with them by force", async () => {
    const route53 = new Route53();
    const types = route53Resources(route53);
    const plan = async (request: ReturnType<typeof plannedRequest>) => {
      const planned = await (types[request.type] ?? assert.fail())(request);
      await planned.create();
      return planned;
    };
    const zone = await plan(plannedRequest(zoneType, inputs));
    const record = { zoneId: zone.id, name: "a.example.com", type: "A", records: ["1.2.3.4"] };
    const { id } = await plan(plannedRequest(type, { ...record, ttl: 60 }));
    assert.throws(() => zone.requireRemovable?.(new Set()), { code: "HostedZoneNotEmpty" });
    assert.doesNotThrow(() => zone.requireRemovable?.(new Set([id])));
    const forced = await plan(plannedRequest(zoneType, { ...inputs, forceDestroy: true }));
    assert.doesNotThrow(() => forced.requireRemovable?.(new Set()));
    await forced.remove?.();
    assert.deepEqual(route53.zones(), []);
  });

  it("is public, and has name servers of its own", async () => {
    const types = route53Resources(new Route53());
    for (const more of [{ vpcs: [{ vpcId: "vpc-1" }] }, { delegationSetId: "N1" }]) {
      const request = plannedRequest(zoneType, { ...inputs, ...more });
      await assert.rejects(createPlanned(types, request), /does not emulate/);
    }
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
