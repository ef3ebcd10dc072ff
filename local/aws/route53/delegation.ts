import { createHash } from "node:crypto";
import type { RecordSet } from "./record-set";

/** Whose name servers a zone has: one of each. */
const domains = ["com", "net", "org", "co.uk"];
const serversEach = 512;
const serversPerName = 8;

/** The name servers that AWS would give a zone, always the same of an id. None of them answers for it. */
export function nameServersOf(zoneId: string): string[] {
  const hash = createHash("sha256").update(`name servers of ${zoneId}`).digest();
  return domains.map((domain, index) => {
    const server = hash.readUInt16BE(index * 2) % serversEach;
    const group = String(Math.floor(server / serversPerName)).padStart(2, "0");
    return `ns-${index * serversEach + server}.awsdns-${group}.${domain}`;
  });
}

/**
 * The records that every zone has from its beginning.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
 */
export function ownRecords(zoneId: string, name: string): RecordSet[] {
  const servers = nameServersOf(zoneId).map((server) => `${server}.`);
  const soa = `${servers[0] ?? ""} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  const record = { zoneId, name, routing: {} };
  return [
    { ...record, type: "NS", ttl: 172_800, values: servers },
    { ...record, type: "SOA", ttl: 900, values: [soa] },
  ];
}

/** What AWS says to whoever would delete one of them. */
export const ownRecordTypes: ReadonlyMap<string, string> = new Map([
  ["NS", "A HostedZone must contain at least one NS record for the zone itself."],
  ["SOA", "A HostedZone must contain exactly one SOA record."],
]);
