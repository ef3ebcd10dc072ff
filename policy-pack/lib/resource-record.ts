import { inTermsOfAws, judgedType } from "./native-resource";
import { at, plain } from "./values";

/** Properties as the engine sends them, such as a `google.protobuf.Struct`. */
export interface SentProperties {
  toJavaScript(): Record<string, unknown>;
  getFieldsMap(): { get(name: string): { toJavaScript(): unknown } | undefined };
}

/** Properties that are read once, when a rule first asks for them. */
export class Properties {
  #sent: SentProperties | undefined;
  #values: unknown;
  readonly #type: string;

  /** @param type the resource's, as the engine says it. */
  constructor(sent: SentProperties | undefined, type = "") {
    this.#sent = sent;
    this.#type = type;
  }

  /** Reads them at once, where what was sent is about to be changed. */
  read(): this {
    if (this.#sent) {
      this.#values = inTermsOfAws(this.#type, plain(this.#sent.toJavaScript()));
      this.#sent = undefined;
    }
    return this;
  }

  /** The value of one property, for which the others need not be read. */
  property(name: string): unknown {
    return this.#sent
      ? plain(this.#sent.getFieldsMap().get(name)?.toJavaScript())
      : at(this.#values, name);
  }

  /** See {@link plain}. */
  get values(): unknown {
    return this.read().#values;
  }
}

/** A resource as far as the engine has told the pack of it. */
export class ResourceRecord {
  /** Under which it is judged, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** As the engine says it, which differs for resources of `aws-native` that have a counterpart. */
  readonly declaredType: string;
  /** The logical name. */
  readonly name: string;
  readonly urn: string;
  /** What the program gave, checked by the provider; absent for a resource that is only read. */
  inputs: Properties | undefined;
  /** What the provider answered; known in a stack's analysis only. */
  outputs: Properties | undefined;
  /** The configuration of the resource's provider. */
  provider: Properties | undefined;
  /** URNs of the resources that a property's value comes from, by property. */
  propertyDependencies: ReadonlyMap<string, readonly string[]> = new Map();
  /** The parent's URN, empty where there is none. */
  parent = "";

  constructor(type: string, name: string, urn: string) {
    this.type = judgedType(type);
    this.declaredType = type;
    this.name = name;
    this.urn = urn;
  }

  /** How messages name the resource, such as `aws.s3.Bucket "images"`. */
  get label(): string {
    const [packageName = "", module = "", className = ""] = this.declaredType.split(":");
    return `${packageName}.${module.split("/")[0] ?? ""}.${className} "${this.name}"`;
  }

  /** Whether it only groups others: the engine tells no provider of components. */
  get isComponent(): boolean {
    return this.provider === undefined;
  }

  /** The value at a path into what the program gave, or else into what the provider answered. */
  inEffect(...[property = "", ...path]: (string | number)[]): unknown {
    const answered = () => at(this.outputs?.property(String(property)), ...path);
    return at(this.inputs?.values, property, ...path) ?? answered();
  }
}
