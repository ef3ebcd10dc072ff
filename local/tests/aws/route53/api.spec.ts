import assert from "node:assert/strict";
import {
  GetHostedZoneCommand,
  GetHostedZoneCountCommand,
  GetHostedZoneLimitCommand,
  type HostedZoneLimitType,
  type HostedZoneType,
  ListHealthChecksCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  ListTagsForResourceCommand,
  ListTagsForResourcesCommand,
  paginateListHostedZones,
  Route53Client,
  type RRType,
} from "@aws-sdk/client-route-53";
import { route53Api } from "../../../aws/route53/api";
import { nameServersOf } from "../../../aws/route53/delegation";
import { Route53 } from "../../../aws/route53/route53";
import { route53Invokes, route53Resources } from "../../../provider/route53";
import { createPlanned } from "../../provider/create-planned";
import { plannedRequest } from "../../provider/planned-request";
import { ApiLab } from "../api/api-lab";

const type = "aws:route53/record:Record";
const missing = { name: "NoSuchHostedZone", message: "No hosted zone found with ID: Z9" };

describe("route53Api", () => {
  let lab: ApiLab;
  let client: Route53Client;
  let route53: Route53;
  /** Of the zone that was looked up by its name. */
  let zoneId: string;

  const declare = (name: string, inputs: object, given: object = {}) =>
    createPlanned(
      route53Resources(route53),
      plannedRequest(type, { zoneId, name, type: "A", ...inputs, ...given }, name),
    );

  beforeEach(async () => {
    route53 = new Route53();
    const getZone = route53Invokes(route53)["aws:route53/getZone:getZone"] ?? assert.fail();
    ({ zoneId } = (await getZone({ name: "example.com" })) as { zoneId: string });
    const alias = { name: "127.0.0.1:4443", zoneId: "Z2", evaluateTargetHealth: false };
    await declare("images.example.com", { aliases: [alias] });
    await declare("*.example.com", { type: "CNAME", records: ["a.example.net"], ttl: 300 });
    for (const [setIdentifier, weight] of [
      ["blue", 1],
      ["green", 0],
    ] as const) {
      const weighted = { setIdentifier, weightedRoutingPolicies: [{ weight }] };
      await declare("a.example.com", { records: ["192.0.2.1", "192.0.2.2"], ttl: 60, ...weighted });
    }
    await declare("api.other.example", { records: ["192.0.2.1"], ttl: 60 }, { zoneId: "Z1" });
    lab = await ApiLab.start((access) => route53Api(access, route53));
    client = lab.client(Route53Client);
  });

  afterEach(() => lab.stop());

  it("lists zones: those that were looked up, and those that have records", async () => {
    const { HostedZones = [] } = await client.send(new ListHostedZonesCommand());
    assert.deepEqual(
      HostedZones.map(({ Id, Name, ResourceRecordSetCount }) => [Id, Name, ResourceRecordSetCount]),
      [
        ["/hostedzone/Z1", "other.example.", 3],
        [`/hostedzone/${zoneId}`, "example.com.", 6],
      ],
    );
    const names: unknown[] = [];
    for await (const page of paginateListHostedZones({ client, pageSize: 1 }, {})) {
      names.push(page.HostedZones?.map(({ Name }) => Name));
    }
    assert.deepEqual(names, [["other.example."], ["example.com."]]);
    const wrong = new ListHostedZonesCommand({ Marker: "Z9" });
    await assert.rejects(client.send(wrong), missing);
    const { HostedZoneCount } = await client.send(new GetHostedZoneCountCommand());
    assert.equal(HostedZoneCount, 2);
    const ofType = (HostedZoneType: HostedZoneType) =>
      client.send(new ListHostedZonesCommand({ HostedZoneType }));
    assert.deepEqual((await ofType("PrivateHostedZone")).HostedZones, []);
    await assert.rejects(ofType("Public" as HostedZoneType), { name: "InvalidInput" });
    const ofSet = new ListHostedZonesCommand({ DelegationSetId: "N1" });
    await assert.rejects(client.send(ofSet), { name: "NotImplemented" });
  });

  it("lists zones by name", async () => {
    const list = async (DNSName?: string, MaxItems = 100) => {
      const command = new ListHostedZonesByNameCommand({ DNSName, MaxItems });
      const { HostedZones = [], NextDNSName, IsTruncated } = await client.send(command);
      return [HostedZones.map(({ Name }) => Name), NextDNSName, IsTruncated];
    };
    assert.deepEqual(await list(), [["example.com.", "other.example."], undefined, false]);
    assert.deepEqual(await list(undefined, 1), [["example.com."], "other.example.", true]);
    assert.deepEqual(await list("other.example."), [["other.example."], undefined, false]);
  });

  it("shows a zone, with name servers", async () => {
    const shown = await client.send(new GetHostedZoneCommand({ Id: zoneId }));
    const { HostedZone, DelegationSet } = shown;
    assert.deepEqual(HostedZone, {
      Id: `/hostedzone/${zoneId}`,
      Name: "example.com.",
      CallerReference: zoneId,
      Config: { PrivateZone: false },
      ResourceRecordSetCount: 6,
    });
    const { NameServers = [] } = DelegationSet ?? {};
    assert.deepEqual(NameServers, nameServersOf(zoneId));
    const domains = NameServers.map((name) => /^ns-\d+\.awsdns-\d\d\.(.*)$/.exec(name)?.[1]);
    assert.deepEqual(domains, ["com", "net", "org", "co.uk"]);
    await assert.rejects(client.send(new GetHostedZoneCommand({ Id: "Z9" })), missing);
    const tags = new ListTagsForResourceCommand({ ResourceType: "hostedzone", ResourceId: zoneId });
    assert.deepEqual((await client.send(tags)).ResourceTagSet?.Tags, []);
  });

  it("lists records in the order of their names, with what they answer", async () => {
    const command = new ListResourceRecordSetsCommand({ HostedZoneId: zoneId });
    const { ResourceRecordSets, IsTruncated } = await client.send(command);
    assert.equal(IsTruncated, false);
    const ResourceRecords = [{ Value: "192.0.2.1" }, { Value: "192.0.2.2" }];
    const weighted = { Name: "a.example.com.", Type: "A", TTL: 60, ResourceRecords };
    const servers = nameServersOf(zoneId).map((name) => `${name}.`);
    const soa = `${servers[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
    assert.deepEqual(ResourceRecordSets, [
      {
        Name: "example.com.",
        Type: "NS",
        TTL: 172_800,
        ResourceRecords: servers.map((Value) => ({ Value })),
      },
      { Name: "example.com.", Type: "SOA", TTL: 900, ResourceRecords: [{ Value: soa }] },
      {
        Name: "\\052.example.com.",
        Type: "CNAME",
        TTL: 300,
        ResourceRecords: [{ Value: "a.example.net" }],
      },
      { ...weighted, SetIdentifier: "blue", Weight: 1 },
      { ...weighted, SetIdentifier: "green", Weight: 0 },
      {
        Name: "images.example.com.",
        Type: "A",
        AliasTarget: {
          HostedZoneId: "Z2",
          DNSName: "127.0.0.1:4443.",
          EvaluateTargetHealth: false,
        },
      },
    ]);
  });

  it("lists records by pages, and from one on", async () => {
    const listed: unknown[] = [];
    const input: ListResourceRecordSetsCommandInput = { HostedZoneId: zoneId, MaxItems: 1 };
    for (let isTruncated: boolean | undefined = true; isTruncated;) {
      const page = await client.send(new ListResourceRecordSetsCommand(input));
      listed.push(page.ResourceRecordSets?.map(({ Name, SetIdentifier }) => [Name, SetIdentifier]));
      input.StartRecordName = page.NextRecordName;
      input.StartRecordType = page.NextRecordType;
      input.StartRecordIdentifier = page.NextRecordIdentifier;
      isTruncated = page.IsTruncated;
    }
    assert.deepEqual(listed, [
      [["example.com.", undefined]],
      [["example.com.", undefined]],
      [["\\052.example.com.", undefined]],
      [["a.example.com.", "blue"]],
      [["a.example.com.", "green"]],
      [["images.example.com.", undefined]],
    ]);
    const from = (StartRecordName?: string, StartRecordType?: RRType) =>
      client.send(
        new ListResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          StartRecordName,
          StartRecordType,
        }),
      );
    const { ResourceRecordSets } = await from("a.example.com", "AAAA");
    assert.deepEqual(
      ResourceRecordSets?.map(({ Name }) => Name),
      ["images.example.com."],
    );
    await assert.rejects(from(undefined, "A"), { name: "InvalidInput" });
    await assert.rejects(from("a.example.com", "B" as RRType), {
      name: "InvalidInput",
      message: /Value 'B' at 'type' failed to satisfy constraint: Member must satisfy enum value/,
    });
  });

  const zoneType = "aws:route53/zone:Zone";
  const zoneInputs = { name: "made.example", comment: "Ours", tags: { Team: "a & b" } };

  it("shows a zone that the program makes, with comment and tags", async () => {
    const request = plannedRequest(zoneType, zoneInputs);
    const { id: Id, outputs } = await createPlanned(route53Resources(route53), request);
    const { HostedZone, DelegationSet } = await client.send(new GetHostedZoneCommand({ Id }));
    assert.deepEqual(
      [HostedZone?.Name, HostedZone?.Config?.Comment, HostedZone?.ResourceRecordSetCount],
      ["made.example.", "Ours", 2],
    );
    assert.deepEqual(DelegationSet?.NameServers?.toSorted(), outputs.nameServers);
    const tags = new ListTagsForResourceCommand({ ResourceType: "hostedzone", ResourceId: Id });
    const { ResourceTagSet } = await client.send(tags);
    assert.deepEqual(ResourceTagSet?.Tags, [{ Key: "Team", Value: "a & b" }]);
  });

  it("shows the tags of up to ten zones at once", async () => {
    const request = plannedRequest(zoneType, zoneInputs);
    const { id } = await createPlanned(route53Resources(route53), request);
    const tagsOf = async (ids: readonly string[]) => {
      const ResourceIds = [...ids];
      const command = new ListTagsForResourcesCommand({ ResourceType: "hostedzone", ResourceIds });
      return (await client.send(command)).ResourceTagSets;
    };
    const made = {
      ResourceType: "hostedzone",
      ResourceId: id,
      Tags: [{ Key: "Team", Value: "a & b" }],
    };
    assert.deepEqual(await tagsOf([id]), [made]);
    assert.deepEqual(await tagsOf([zoneId, id]), [
      { ResourceType: "hostedzone", ResourceId: zoneId, Tags: [] },
      made,
    ]);
    await assert.rejects(tagsOf([id, "Z9"]), missing);
    for (const ids of [[], Array<string>(11).fill(id), ["Z".repeat(65)]]) {
      await assert.rejects(tagsOf(ids), { name: "InvalidInput" });
    }
  });

  it("tells how many records a zone has, of how many it may have", async () => {
    const limit = (Type: HostedZoneLimitType, HostedZoneId = zoneId) =>
      client.send(new GetHostedZoneLimitCommand({ HostedZoneId, Type }));
    const { Limit, Count } = await limit("MAX_RRSETS_BY_ZONE");
    assert.deepEqual(
      { Limit, Count },
      { Limit: { Type: "MAX_RRSETS_BY_ZONE", Value: 10_000 }, Count: 6 },
    );
    await assert.rejects(limit("MAX_RRSETS_BY_ZONE", "Z9"), missing);
    await assert.rejects(limit("MAX_VPCS_ASSOCIATED_BY_ZONE"), { name: "HostedZoneNotPrivate" });
    await assert.rejects(limit("MAX" as HostedZoneLimitType), { name: "InvalidInput" });
  });

  it("refuses who may not, and what is not emulated", async () => {
    const zone = `arn:aws:route53:::hostedzone/${zoneId}`;
    const credentials = lab.roleThatMay(["route53:ListResourceRecordSets"], [zone]);
    const reader = lab.client(Route53Client, { credentials });
    await reader.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }));
    const refused = { name: "AccessDenied" };
    const other = new ListResourceRecordSetsCommand({ HostedZoneId: "Z1" });
    await assert.rejects(reader.send(other), refused);
    await assert.rejects(reader.send(new ListHostedZonesCommand()), refused);
    const limit = new GetHostedZoneLimitCommand({
      HostedZoneId: zoneId,
      Type: "MAX_RRSETS_BY_ZONE",
    });
    await assert.rejects(reader.send(limit), refused);
    const ofOne = lab.client(Route53Client, {
      credentials: lab.roleThatMay(["route53:ListTagsForResources"], [zone]),
    });
    const tagsOf = (...ResourceIds: string[]) =>
      ofOne.send(new ListTagsForResourcesCommand({ ResourceType: "hostedzone", ResourceIds }));
    assert.equal((await tagsOf(zoneId)).ResourceTagSets?.length, 1);
    await assert.rejects(tagsOf(zoneId, "Z1"), refused);
    const checks = client.send(new ListHealthChecksCommand());
    await assert.rejects(checks, { name: "NotImplemented" });
  });

  it("is asked in the region of global services, too", async () => {
    const global = lab.client(Route53Client, { region: "us-east-1" });
    assert.equal((await global.send(new GetHostedZoneCountCommand())).HostedZoneCount, 2);
  });
});
