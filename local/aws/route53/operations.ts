import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import type { RestCall, RestOperation } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { parseInput } from "../parse-input";
import type { Account } from "../types";
import { byName, reversed, withoutDot } from "./names";
import type { HostedZone, Route53 } from "./route53";
import { resourceIdsIn, tagSetOf } from "./tags";
import { recordSetOf, zoneOf } from "./views";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  route53: Route53;
}

type View = RestOperation<OperationContext>;

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html */
const mostZones = 100;
/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html */
const mostRecords = 300;
/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-entities-records */
const recordsPerZone = 10_000;
/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZoneLimit.html */
const limitInput = z.object({
  type: z.enum(["MAX_RRSETS_BY_ZONE", "MAX_VPCS_ASSOCIATED_BY_ZONE"]),
});

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html */
const startInput = z.object({
  type: z
    .enum([
      "SOA",
      "A",
      "TXT",
      "NS",
      "CNAME",
      "MX",
      "NAPTR",
      "PTR",
      "SRV",
      "SPF",
      "AAAA",
      "CAA",
      "DS",
      "TLSA",
      "SSHFP",
      "SVCB",
      "HTTPS",
    ])
    .optional(),
  identifier: z.string().min(1).max(128).optional(),
});

const base = "/2013-04-01";

/** Zones and records are made by the program alone; other zones are there as it names them. */
export const routes: Readonly<Record<string, View>> = {
  [`GET ${base}/hostedzone`]: {
    name: "ListHostedZones",
    perform: ({ query }, { caller, route53 }) => {
      caller.require("route53:ListHostedZones", "*");
      const maxItems = maxItemsOf(query, mostZones);
      const marker = query.get("marker") ?? "";
      const zones = ofType(query.get("hostedzonetype"), route53.zones());
      if (query.get("delegationsetid") !== null) {
        throw notEmulated("the parameter DelegationSetId of ListHostedZones of Route 53");
      }
      const start = marker === "" ? 0 : zones.findIndex(({ id }) => id === marker);
      if (start < 0) {
        throw noSuchZone(marker);
      }
      const next = zones[start + maxItems];
      return {
        HostedZones: { HostedZone: zones.slice(start, start + maxItems).map(zoneOf) },
        Marker: marker === "" ? undefined : marker,
        IsTruncated: next !== undefined,
        NextMarker: next?.id,
        MaxItems: maxItems,
      };
    },
  },
  [`GET ${base}/hostedzonesbyname`]: { name: "ListHostedZonesByName", perform: listByName },
  [`GET ${base}/hostedzonecount`]: {
    name: "GetHostedZoneCount",
    perform: (_call, { caller, route53 }) => {
      caller.require("route53:GetHostedZoneCount", "*");
      return { HostedZoneCount: route53.zones().length };
    },
  },
  [`GET ${base}/hostedzone/{id}`]: {
    name: "GetHostedZone",
    perform: (call, context) => {
      const zone = zoneIn(call.path.id, context, "route53:GetHostedZone");
      return {
        HostedZone: zoneOf(zone),
        DelegationSet: { NameServers: { NameServer: zone.nameServers } },
      };
    },
  },
  [`GET ${base}/hostedzone/{id}/rrset`]: { name: "ListResourceRecordSets", perform: listRecords },
  [`GET ${base}/hostedzonelimit/{id}/{type}`]: { name: "GetHostedZoneLimit", perform: limitOf },
  [`GET ${base}/tags/hostedzone/{id}`]: {
    name: "ListTagsForResource",
    perform: (call, context) => {
      const zone = zoneIn(call.path.id, context, "route53:ListTagsForResource");
      return { ResourceTagSet: tagSetOf(zone) };
    },
  },
  [`POST ${base}/tags/hostedzone`]: {
    name: "ListTagsForResources",
    perform: ({ body }, context) => {
      const zones = resourceIdsIn(body.toString()).map((id) =>
        zoneIn(id, context, "route53:ListTagsForResources"),
      );
      return { ResourceTagSets: { ResourceTagSet: zones.map(tagSetOf) } };
    },
  },
};

function limitOf({ path }: RestCall, context: OperationContext): Structure {
  const { records } = zoneIn(path.id, context, "route53:GetHostedZoneLimit");
  const { type } = parseInput(limitInput, { type: path.type }, "InvalidInput");
  if (type === "MAX_VPCS_ASSOCIATED_BY_ZONE") {
    // Private zones are not emulated.
    throw new AwsError(
      "HostedZoneNotPrivate",
      "The specified hosted zone is a public hosted zone.",
    );
  }
  return { Count: records.length, Limit: { Type: type, Value: recordsPerZone } };
}

function listByName({ query }: RestCall, { caller, route53 }: OperationContext): Structure {
  caller.require("route53:ListHostedZonesByName", "*");
  const maxItems = maxItemsOf(query, mostZones);
  const [dnsName, zoneId] = [query.get("dnsname"), query.get("hostedzoneid")];
  if (dnsName === null && zoneId !== null) {
    throw invalidInput("HostedZoneId cannot be specified without DNSName");
  }
  const first = [reversed(withoutDot(dnsName ?? "")), zoneId ?? ""];
  const zones = route53
    .zones()
    .map((zone) => ({ zone, place: [reversed(zone.name), zone.id] }))
    .sort((one, other) => compare(one.place, other.place))
    .filter(({ place }) => dnsName === null || compare(place, first) >= 0)
    .map(({ zone }) => zone);
  const next = zones[maxItems];
  return {
    HostedZones: { HostedZone: zones.slice(0, maxItems).map(zoneOf) },
    DNSName: dnsName,
    HostedZoneId: zoneId,
    IsTruncated: next !== undefined,
    NextDNSName: next && `${next.name}.`,
    NextHostedZoneId: next?.id,
    MaxItems: maxItems,
  };
}

function listRecords(call: RestCall, context: OperationContext): Structure {
  const { records } = zoneIn(call.path.id, context, "route53:ListResourceRecordSets");
  const { query } = call;
  const maxItems = maxItemsOf(query, mostRecords);
  const name = query.get("name");
  const start = {
    type: query.get("type") ?? undefined,
    identifier: query.get("identifier") ?? undefined,
  };
  const { type, identifier } = parseInput(startInput, start, "InvalidInput");
  if ((name === null && type !== undefined) || (type === undefined && identifier !== undefined)) {
    throw invalidInput("Name must be specified with type, and type with identifier");
  }
  const first = { name: unescaped(withoutDot(name ?? "")), type: type ?? "" };
  const setIdentifier = identifier ?? "";
  const all = records.filter(
    (record) => name === null || byName(record, { ...first, setIdentifier }) >= 0,
  );
  const next = all[maxItems];
  return {
    ResourceRecordSets: { ResourceRecordSet: all.slice(0, maxItems).map(recordSetOf) },
    IsTruncated: next !== undefined,
    NextRecordName: next && recordSetOf(next).Name,
    NextRecordType: next?.type,
    NextRecordIdentifier: next?.setIdentifier,
    MaxItems: maxItems,
  };
}

/** Where private zones are asked for, there are none: all that there are here are public. */
function ofType(type: string | null, zones: readonly HostedZone[]): readonly HostedZone[] {
  if (type !== null && type !== "PrivateHostedZone") {
    throw invalidInput(
      `1 validation error detected: Value '${type}' at 'hostedZoneType' failed to satisfy constraint: Member must satisfy enum value set: [PrivateHostedZone]`,
    );
  }
  return type === null ? zones : [];
}

/** @throws AwsError `NoSuchHostedZone`. */
function zoneIn(
  id = "",
  { account, caller, route53 }: OperationContext,
  action: string,
): HostedZone {
  caller.require(action, `arn:${account.partition}:route53:::hostedzone/${id}`);
  const zone = route53.zone(id);
  if (!zone) {
    throw noSuchZone(id);
  }
  return zone;
}

/** What is more than the most counts as that. */
function maxItemsOf(query: URLSearchParams, most: number): number {
  const maxItems = Number(query.get("maxitems") ?? most);
  if (!Number.isInteger(maxItems) || maxItems < 1) {
    throw invalidInput("MaxItems must be a number from 1");
  }
  return Math.min(maxItems, most);
}

function compare(one: readonly string[], other: readonly string[]): number {
  const index = one.findIndex((part, each) => part !== other[each]);
  const [a = "", b = ""] = [one[index], other[index]];
  return a < b ? -1 : Number(a > b);
}

/** The reverse of what names are shown with. */
function unescaped(name: string): string {
  return name.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function noSuchZone(id: string): AwsError {
  return new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
}

function invalidInput(message: string): AwsError {
  return new AwsError("InvalidInput", message);
}
