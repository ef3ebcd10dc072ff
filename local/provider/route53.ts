import { createHash } from "node:crypto";
import { withoutDot } from "../aws/route53/names";
import type { Route53 } from "../aws/route53/route53";
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

/** The resource types of Route 53. */
export function route53Resources(route53: Route53): ResourceTypes {
  return { "aws:route53/record:Record": (request) => planRecord(route53, request) };
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
    id: [zoneId, name, type, setIdentifier].filter((part) => part !== undefined).join("_"),
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
  };
}

function getZone(route53: Route53, { name, zoneId, privateZone = false }: Properties): Properties {
  if ((name === undefined) === (zoneId === undefined)) {
    throw new Error("one of name and zoneId must be given to find a hosted zone, and not both");
  }
  if (privateZone === true) {
    throw new Error("no matching Route 53 Hosted Zone found: the local cloud has no private ones");
  }
  const zone = typeof name === "string" ? named(route53, name) : route53.zone(String(zoneId));
  const { id, name: zoneName } = zone ?? { id: String(zoneId), name: "zone.local" };
  return {
    arn: `arn:aws:route53:::hostedzone/${id}`,
    callerReference: id,
    comment: "",
    id,
    name: zoneName,
    nameServers: [],
    primaryNameServer: "",
    privateZone: false,
    resourceRecordSetCount: 2,
    tags: {},
    zoneId: id,
  };
}

function named(route53: Route53, name: string): { id: string; name: string } {
  const zoneName = withoutDot(name);
  const id = idOf(zoneName);
  route53.nameZone(id, zoneName);
  return { id, name: zoneName };
}

/** As AWS makes up ids, but always the same for a name. */
function idOf(zoneName: string): string {
  return `Z${createHash("sha256").update(zoneName).digest("hex").slice(0, 20).toUpperCase()}`;
}
