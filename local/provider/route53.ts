import { createHash } from "node:crypto";
import type { Route53 } from "../aws/route53/route53";
import type {
  Invokes,
  PlannedResource,
  Properties,
  ResourceRequest,
  ResourceTypes,
} from "./resource";

interface RecordInputs {
  zoneId: string;
  name: string;
  type: string;
  allowOverwrite?: boolean;
  setIdentifier?: string;
}

/** The resource types of Route 53. */
export function route53Resources(route53: Route53): ResourceTypes {
  return { "aws:route53/record:Record": (request) => planRecord(route53, request) };
}

/**
 * The functions of Route 53. Any public zone counts as there: that a domain's DNS is set up cannot be told
 * here, and a program may rely on it.
 */
export const route53Invokes: Invokes = {
  "aws:route53/getZone:getZone": (args) => Promise.resolve(getZone(args)),
};

/** A record, whose name is taken for a whole one, since of zones nothing is known but ids. */
function planRecord(route53: Route53, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as unknown as RecordInputs;
  const { zoneId, type, setIdentifier, allowOverwrite = false } = inputs;
  const name = inputs.name.replace(/\.$/, "");
  const record = { zoneId, name, type, setIdentifier };
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

function getZone({ name, zoneId, privateZone = false }: Properties): Properties {
  if ((name === undefined) === (zoneId === undefined)) {
    throw new Error("one of name and zoneId must be given to find a hosted zone, and not both");
  }
  if (privateZone === true) {
    throw new Error("no matching Route 53 Hosted Zone found: the local cloud has no private ones");
  }
  const zoneName = typeof name === "string" ? name.replace(/\.$/, "") : "zone.local";
  const id = typeof zoneId === "string" ? zoneId : idOf(zoneName);
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

/** As AWS makes up ids, but always the same for a name. */
function idOf(zoneName: string): string {
  return `Z${createHash("sha256").update(zoneName).digest("hex").slice(0, 20).toUpperCase()}`;
}
