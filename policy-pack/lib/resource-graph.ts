import { isServiceOf, namesInArn, shortened } from "./arn";
import type { ResourceRecord } from "./resource-record";
import { bucketTypes, keyType } from "./types";
import { at, isKnown, nestedStrings } from "./values";

/** Outputs by which other resources refer to a resource. */
const identifiers = ["id", "arn", "name", "executionArn", "invokeArn", "qualifiedArn", "url"];

/** The same of single types; other types refer to these by properties of the same name. */
const ownIdentifiers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(bucketTypes.map((type) => [type, "bucket"])),
  [keyType]: "keyId",
};

/** What a property refers to. */
interface Targets {
  /** The resources that its value comes from, which is known even where the value is not. */
  sources: ReadonlySet<ResourceRecord>;
  /** The resources that its value, as far as it is known, names by an id, a name or an ARN. */
  named: ReadonlySet<ResourceRecord>;
}

/** All resources of a stack, by type and by what refers to what. */
export class ResourceGraph {
  readonly #byUrn: ReadonlyMap<string, ResourceRecord>;
  readonly #byType = new Map<string, ResourceRecord[]>();
  readonly #byIdentifier = new Map<string, ResourceRecord[]>();
  readonly #children = new Map<string, ResourceRecord[]>();
  readonly #targets = new Map<ResourceRecord, Map<string, Targets>>();
  readonly #referring = new Map<string, Map<ResourceRecord, ResourceRecord[]>>();

  constructor(records: readonly ResourceRecord[]) {
    this.#byUrn = new Map(records.map((record) => [record.urn, record]));
    for (const record of records) {
      insert(this.#byType, record.type, record);
      insert(this.#children, record.parent, record);
    }
  }

  /** All resources, in the order of their declaration. */
  get all(): ResourceRecord[] {
    return [...this.#byUrn.values()];
  }

  /** The resources of any of these types. */
  ofType(types: readonly string[]): ResourceRecord[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /** Whether a property of `source` refers to `target`. */
  refers(source: ResourceRecord, property: string, target: ResourceRecord): boolean {
    const { sources, named } = this.#targetsOf(source, property);
    if (!sources.has(target)) {
      return named.has(target);
    }
    // A value that may come from several resources of a type names, once it is known, one of them.
    const rivals = [...named].filter((one) => one.type === target.type && sources.has(one));
    return rivals.length === 0 || rivals.includes(target);
  }

  /** The resources of these types that `source` refers to by `property`. */
  referred(
    source: ResourceRecord,
    property: string,
    types: readonly string[],
  ): readonly ResourceRecord[] {
    const { sources, named } = this.#targetsOf(source, property);
    return [...new Set([...sources, ...named])].filter(
      (target) => types.includes(target.type) && this.refers(source, property, target),
    );
  }

  /** The resources of these types that refer to `target` by `property`. */
  referring(
    target: ResourceRecord,
    property: string,
    types: readonly string[],
  ): readonly ResourceRecord[] {
    const key = [property, ...types].join(" ");
    let index = this.#referring.get(key);
    if (!index) {
      index = this.#indexReferences(property, types);
      this.#referring.set(key, index);
    }
    return index.get(target) ?? [];
  }

  #indexReferences(property: string, types: readonly string[]) {
    const index = new Map<ResourceRecord, ResourceRecord[]>();
    for (const source of this.ofType(types)) {
      const { sources, named } = this.#targetsOf(source, property);
      for (const target of new Set([...sources, ...named])) {
        if (this.refers(source, property, target)) {
          insert(index, target, source);
        }
      }
    }
    return index;
  }

  #targetsOf(source: ResourceRecord, property: string): Targets {
    let ofSource = this.#targets.get(source);
    if (!ofSource) {
      ofSource = new Map();
      this.#targets.set(source, ofSource);
    }
    let targets = ofSource.get(property);
    if (!targets) {
      targets = {
        sources: this.#sourcesOf(source, property),
        named: this.#namedBy(source, property),
      };
      ofSource.set(property, targets);
    }
    return targets;
  }

  #sourcesOf(source: ResourceRecord, property: string): Set<ResourceRecord> {
    const urns = source.propertyDependencies.get(property) ?? [];
    return new Set(urns.flatMap((urn) => this.#withDescendants(this.#byUrn.get(urn))));
  }

  /** What comes from a component comes from the resources in it. */
  #withDescendants(record: ResourceRecord | undefined): ResourceRecord[] {
    if (!record) {
      return [];
    }
    const children = record.isComponent ? (this.#children.get(record.urn) ?? []) : [];
    return [record, ...children.flatMap((child) => this.#withDescendants(child))];
  }

  #namedBy(source: ResourceRecord, property: string): Set<ResourceRecord> {
    const given = at(source.inputs?.values, property);
    const value = given === undefined || !isKnown(given) ? source.inEffect(property) : given;
    const found = nestedStrings(value).flatMap((text) => this.#identifiedBy(text));
    return new Set(found.filter((record) => record !== source));
  }

  #identifiedBy(text: string): ResourceRecord[] {
    const index = this.#identifierIndex();
    const arn = namesInArn(text);
    if (!arn) {
      return index.get(text) ?? [];
    }
    const byArn = shortened(text).flatMap((shorter) => index.get(shorter) ?? []);
    // In a preview the ARN of a resource is not known, but its name may be.
    const byName = arn.names.flatMap((name) => index.get(name) ?? []);
    return [...byArn, ...byName.filter(({ type }) => isServiceOf(arn.service, type))];
  }

  #identifierIndex(): ReadonlyMap<string, ResourceRecord[]> {
    if (this.#byIdentifier.size === 0) {
      for (const record of this.#byUrn.values()) {
        const own = ownIdentifiers[record.type];
        const names = own === undefined ? identifiers : [own, ...identifiers];
        const values = names.map((name) => record.inEffect(name));
        for (const value of new Set(values)) {
          if (typeof value === "string" && value !== "") {
            insert(this.#byIdentifier, value, record);
          }
        }
      }
    }
    return this.#byIdentifier;
  }
}

function insert<Key>(map: Map<Key, ResourceRecord[]>, key: Key, record: ResourceRecord): void {
  const list = map.get(key);
  if (list) {
    list.push(record);
  } else {
    map.set(key, [record]);
  }
}
