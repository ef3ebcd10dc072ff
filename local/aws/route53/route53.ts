import { AwsError } from "../aws-error";
import { nameServersOf, ownRecords, ownRecordTypes } from "./delegation";
import { byName, commonDomain } from "./names";
import type { RecordKey, RecordSet } from "./record-set";

/** What a zone is made with. */
export interface ZoneDefinition {
  id: string;
  /** Without a dot at the end. */
  name: string;
  comment: string;
  tags: Readonly<Record<string, string>>;
}

/** A zone with its records, those that every zone has among them. */
export interface HostedZone extends ZoneDefinition {
  nameServers: readonly string[];
  records: readonly RecordSet[];
}

/**
 * Records of hosted zones, which answer nobody: no resolver of this machine asks here. Besides the zones that a program
 * makes, others are there as soon as it names them; one that was named by its id alone has the domain that all of its
 * records are in.
 */
export class Route53 {
  readonly #records = new Map<string, RecordSet>();
  /** Those that were made, or looked up by their names, by ids. */
  readonly #zones = new Map<string, ZoneDefinition>();

  /** Says what a zone is called that others have made. */
  nameZone(id: string, name: string): void {
    this.#zones.set(id, { id, name, comment: "", tags: {} });
  }

  /** Makes a zone, or changes what is said of it. */
  putZone(zone: ZoneDefinition): void {
    this.#zones.set(zone.id, zone);
  }

  /**
   * Deletes a zone with the records that every zone has.
   *
   * @param withRecords whether all others are deleted before.
   * @throws AwsError `HostedZoneNotEmpty`.
   */
  deleteZone(id: string, withRecords: boolean): void {
    if (!withRecords) {
      this.requireEmpty(id);
    }
    for (const [key, { zoneId }] of this.#records) {
      if (zoneId === id) {
        this.#records.delete(key);
      }
    }
    this.#zones.delete(id);
  }

  /**
   * @param isGone tells which records will have been deleted before. Default: none.
   * @throws AwsError `HostedZoneNotEmpty` where a zone has records besides those that every zone has.
   */
  requireEmpty(id: string, isGone: (record: RecordKey) => boolean = () => false): void {
    const others = [...this.#records.values()].filter(
      (record) => record.zoneId === id && !this.#isOwn(record) && !isGone(record),
    );
    if (others.length > 0) {
      throw new AwsError(
        "HostedZoneNotEmpty",
        "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
      );
    }
  }

  /** @param mayReplace whether a record that is there already is no error. @throws AwsError `InvalidChangeBatch`. */
  createRecord(record: RecordSet, mayReplace: boolean): void {
    const key = keyOf(record);
    if ((this.#records.has(key) || this.#isOwn(record)) && !mayReplace) {
      throw invalidChange(
        `Tried to create resource record set [name='${record.name}.', type='${record.type}'] but it already exists`,
      );
    }
    this.#records.set(key, record);
  }

  /** @throws AwsError `InvalidChangeBatch` for those that every zone has. */
  deleteRecord(record: RecordKey): void {
    this.requireDeletable(record);
    this.#records.delete(keyOf(record));
  }

  /** @throws AwsError as {@link deleteRecord} would. */
  requireDeletable(record: RecordKey): void {
    if (this.#isOwn(record)) {
      throw invalidChange(ownRecordTypes.get(record.type) ?? "");
    }
  }

  /** Zones in the order of their ids. */
  zones(): HostedZone[] {
    const ids = [...this.#records.values()].map(({ zoneId }) => zoneId);
    return [...new Set([...this.#zones.keys(), ...ids])].sort().map((id) => this.#zone(id));
  }

  /** The zone of a name that is known: one that was made, or looked up by it. */
  zoneNamed(name: string): HostedZone | undefined {
    const found = [...this.#zones.values()].find((zone) => zone.name === name);
    return found && this.#zone(found.id);
  }

  zone(id: string): HostedZone | undefined {
    return this.zones().find((zone) => zone.id === id);
  }

  #zone(id: string): HostedZone {
    const records = [...this.#records.values()].filter(({ zoneId }) => zoneId === id);
    const definition = this.#zones.get(id) ?? {
      id,
      name: commonDomain(records.map((record) => record.name)),
      comment: "",
      tags: {},
    };
    const keys = new Set(records.map(keyOf));
    const own = ownRecords(id, definition.name).filter((record) => !keys.has(keyOf(record)));
    return {
      ...definition,
      nameServers: nameServersOf(id),
      records: [...own, ...records].sort(byName),
    };
  }

  /** Whether a record is one that every zone has, as far as the zone's name is known. */
  #isOwn({ zoneId, name, type }: RecordKey): boolean {
    const zone = this.#zones.get(zoneId);
    return ownRecordTypes.has(type) && zone?.name.toLowerCase() === name.toLowerCase();
  }
}

function invalidChange(message: string): AwsError {
  return new AwsError("InvalidChangeBatch", `[${message}]`);
}

function keyOf({ zoneId, name, type, setIdentifier = "" }: RecordKey): string {
  return [zoneId, name.toLowerCase(), type, setIdentifier].join(" ");
}
