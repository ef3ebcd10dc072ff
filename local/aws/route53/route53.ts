import { AwsError } from "../aws-error";

/** What tells records of one name apart. */
export interface RecordKey {
  zoneId: string;
  /** Without a dot at the end. */
  name: string;
  type: string;
  /** Of records that share a name and a type. @default none */
  setIdentifier?: string | undefined;
}

/**
 * Records of hosted zones, which answer nobody: no resolver of this machine asks here. It is known of them
 * that no two are the same.
 */
export class Route53 {
  readonly #records = new Set<string>();

  /** @param mayReplace whether a record that is there already is no error. @throws AwsError `InvalidChangeBatch`. */
  createRecord(record: RecordKey, mayReplace: boolean): void {
    const key = keyOf(record);
    if (this.#records.has(key) && !mayReplace) {
      throw new AwsError(
        "InvalidChangeBatch",
        `[Tried to create resource record set [name='${record.name}.', type='${record.type}'] but it already exists]`,
      );
    }
    this.#records.add(key);
  }

  deleteRecord(record: RecordKey): void {
    this.#records.delete(keyOf(record));
  }
}

function keyOf({ zoneId, name, type, setIdentifier = "" }: RecordKey): string {
  return [zoneId, name.toLowerCase(), type, setIdentifier].join(" ");
}
