import { AwsError } from "../aws-error";
import { byName, commonDomain } from "./names";

/** What tells records of one name apart. */
export interface RecordKey {
  zoneId: string;
  /** Without a dot at the end. */
  name: string;
  type: string;
  /** Of records that share a name and a type. @default none */
  setIdentifier?: string | undefined;
}

/** Records of one name and type, with what is answered to who asks for them. */
export interface RecordSet extends RecordKey {
  /** Seconds; none of an alias. */
  ttl?: number | undefined;
  values: readonly string[];
  alias?: { zoneId: string; name: string; evaluateTargetHealth: boolean } | undefined;
  /** Members by which one of several is chosen, as the API has them, such as `Weight`. */
  routing: Readonly<Record<string, string | number | boolean | Readonly<Record<string, string>>>>;
}

/** A zone, of which is known what a program looked up, and which records it made. */
export interface HostedZone {
  id: string;
  /** Without a dot at the end. */
  name: string;
  records: readonly RecordSet[];
}

/**
 * Records of hosted zones, which answer nobody: no resolver of this machine asks here. Zones are there as soon as a
 * program names them; one that was named by its id alone has the domain that all of its records are in.
 */
export class Route53 {
  readonly #records = new Map<string, RecordSet>();
  /** Names of zones that were looked up by them, by ids. */
  readonly #names = new Map<string, string>();

  /** Says what a zone is called. */
  nameZone(id: string, name: string): void {
    this.#names.set(id, name);
  }

  /** @param mayReplace whether a record that is there already is no error. @throws AwsError `InvalidChangeBatch`. */
  createRecord(record: RecordSet, mayReplace: boolean): void {
    const key = keyOf(record);
    if (this.#records.has(key) && !mayReplace) {
      throw new AwsError(
        "InvalidChangeBatch",
        `[Tried to create resource record set [name='${record.name}.', type='${record.type}'] but it already exists]`,
      );
    }
    this.#records.set(key, record);
  }

  deleteRecord(record: RecordKey): void {
    this.#records.delete(keyOf(record));
  }

  /** Zones in the order of their ids. */
  zones(): HostedZone[] {
    const ids = [...this.#records.values()].map(({ zoneId }) => zoneId);
    return [...new Set([...this.#names.keys(), ...ids])].sort().map((id) => this.#zone(id));
  }

  zone(id: string): HostedZone | undefined {
    return this.zones().find((zone) => zone.id === id);
  }

  #zone(id: string): HostedZone {
    const records = [...this.#records.values()].filter(({ zoneId }) => zoneId === id);
    const name = this.#names.get(id) ?? commonDomain(records.map((record) => record.name));
    return { id, name, records: records.sort(byName) };
  }
}

function keyOf({ zoneId, name, type, setIdentifier = "" }: RecordKey): string {
  return [zoneId, name.toLowerCase(), type, setIdentifier].join(" ");
}
