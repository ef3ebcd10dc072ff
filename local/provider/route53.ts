import { createHash } from "node:crypto";
import { nameServersOf, ownRecordTypes } from "../aws/route53/delegation";
import { withoutDot } from "../aws/route53/names";
import type { RecordKey } from "../aws/route53/record-set";
import type { HostedZone, Route53 } from "../aws/route53/route53";
import { refuseInputs } from "./refuse-inputs";
import type {
  Invokes,
  PlannedResource,
  Properties,
  ResourceRequest,
  ResourceTypes,
} from "./resource";
import { routingOf } from "./route53-routing";

interface RecordInputs {
  zoneId: string;
  name: string;
  type: string;
  aliases?: { name: string; zoneId: string; evaluateTargetHealth: boolean }[];
  allowOverwrite?: boolean;
  records?: string[];
  setIdentifier?: string;
  ttl?: number;
}

interface ZoneInputs {
  name: string;
  comment?: string;
  forceDestroy?: boolean;
  tags?: Record<string, string>;
}

/** The resource types of Route 53. */
export function route53Resources(route53: Route53): ResourceTypes {
  return {
    "aws:route53/record:Record": (request) => planRecord(route53, request),
    "aws:route53/zone:Zone": (request) => planZone(route53, request),
  };
}

/**
 * The functions of Route 53. Any public zone counts as there: that a domain's DNS is set up cannot be told
 * here, and a program may rely on it.
 */
export function route53Invokes(route53: Route53): Invokes {
  return { "aws:route53/getZone:getZone": (args) => Promise.resolve(getZone(route53, args)) };
}

/** A record, whose name is taken for a whole one, since a zone may be known by its id alone. */
function planRecord(route53: Route53, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as unknown as RecordInputs;
  const { zoneId, type, setIdentifier, ttl, allowOverwrite = false } = inputs;
  const { aliases: [alias] = [], records: values = [] } = inputs;
  const name = withoutDot(inputs.name);
  const routing = routingOf(request.inputs);
  const record = { zoneId, name, type, setIdentifier, ttl, values, alias, routing };
  return {
    id: recordId(record),
    outputs: { ...request.inputs, name, fqdn: name },
    create: () => {
      route53.createRecord(record, allowOverwrite);
    },
    update: () => {
      route53.createRecord(record, true);
    },
    remove: () => {
      route53.deleteRecord(record);
    },
    requireRemovable: () => {
      route53.requireDeletable(record);
    },
  };
}

function recordId({ zoneId, name, type, setIdentifier }: RecordKey): string {
  return [zoneId, name, type, setIdentifier].filter((part) => part !== undefined).join("_");
}

/** A public zone. */
function planZone(route53: Route53, request: ResourceRequest): PlannedResource {
  refuseInputs(request, ["delegationSetId", "enableAcceleratedRecovery", "vpcs"]);
  const inputs = request.inputs as unknown as ZoneInputs;
  const { comment = "Managed by Pulumi", forceDestroy = false, tags = {} } = inputs;
  const name = withoutDot(inputs.name);
  const id = `Z${request.stableId("id", 20, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`;
  const zone = { id, name, comment, tags };
  const { nameServers, primaryNameServer } = serversOf(id);
  return {
    id,
    outputs: {
      ...{ ...request.inputs, comment, forceDestroy, name, tagsAll: tags },
      ...{ arn: arnOf(id), nameServers, primaryNameServer, zoneId: id },
    },
    create: () => {
      route53.putZone(zone);
    },
    remove: () => {
      route53.deleteZone(id, forceDestroy);
    },
    requireRemovable: (goneBefore) => {
      if (!forceDestroy) {
        route53.requireEmpty(id, (record) => goneBefore.has(recordId(record)));
      }
    },
  };
}

function serversOf(zoneId: string): { nameServers: string[]; primaryNameServer: string } {
  const [primaryNameServer = "", ...others] = nameServersOf(zoneId);
  return { nameServers: [primaryNameServer, ...others].sort(), primaryNameServer };
}

function arnOf(zoneId: string): string {
  return `arn:aws:route53:::hostedzone/${zoneId}`;
}

function getZone(route53: Route53, { name, zoneId, privateZone = false }: Properties): Properties {
  if ((name === undefined) === (zoneId === undefined)) {
    throw new Error("one of name and zoneId must be given to find a hosted zone, and not both");
  }
  if (privateZone === true) {
    throw new Error("no matching Route 53 Hosted Zone found: the local cloud has no private ones");
  }
  const zone = typeof name === "string" ? named(route53, name) : route53.zone(String(zoneId));
  const id = zone?.id ?? String(zoneId);
  return {
    arn: arnOf(id),
    callerReference: id,
    comment: zone?.comment ?? "",
    id,
    name: zone?.name ?? "zone.local",
    ...serversOf(id),
    privateZone: false,
    resourceRecordSetCount: zone?.records.length ?? ownRecordTypes.size,
    tags: zone?.tags ?? {},
    zoneId: id,
  };
}

/** The zone of that name, which is there as soon as it is named. */
function named(route53: Route53, name: string): HostedZone | undefined {
  const zoneName = withoutDot(name);
  const known = route53.zoneNamed(zoneName);
  if (known) {
    return known;
  }
  const id = idOf(zoneName);
  route53.nameZone(id, zoneName);
  return route53.zone(id);
}

/** As AWS makes up ids, but always the same for a name. */
function idOf(zoneName: string): string {
  return `Z${createHash("sha256").update(zoneName).digest("hex").slice(0, 20).toUpperCase()}`;
}
