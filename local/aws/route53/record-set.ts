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
