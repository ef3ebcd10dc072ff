import type { Structure } from "../api/output";
import { shownName, withoutDot } from "./names";
import type { RecordSet } from "./record-set";
import type { HostedZone } from "./route53";

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
export function zoneOf({ id, name, comment, records }: HostedZone): Structure {
  return {
    Id: `/hostedzone/${id}`,
    Name: shownName(name),
    CallerReference: id,
    Config: { Comment: comment === "" ? undefined : comment, PrivateZone: false },
    ResourceRecordSetCount: records.length,
  };
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
export function recordSetOf(record: RecordSet): Structure {
  const { name, type, setIdentifier, ttl, values, alias, routing } = record;
  return {
    Name: shownName(name),
    Type: type,
    SetIdentifier: setIdentifier,
    ...routing,
    TTL: ttl,
    ResourceRecords:
      values.length > 0 ? { ResourceRecord: values.map((Value) => ({ Value })) } : undefined,
    AliasTarget: alias && {
      HostedZoneId: alias.zoneId,
      // As it is: ports of this machine stand for names of AWS.
      DNSName: `${withoutDot(alias.name.toLowerCase())}.`,
      EvaluateTargetHealth: alias.evaluateTargetHealth,
    },
  };
}
