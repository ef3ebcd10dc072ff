import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { at, plain } from "./values";

/** A resource as a policy sees it, safe to read where values are not known yet. */
export class CheckedResource {
  /** Such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  readonly urn: string;
  readonly #source: PolicyResource | ResourceValidationArgs;
  #props: unknown;

  constructor(source: PolicyResource | ResourceValidationArgs) {
    this.type = source.type;
    this.name = source.name;
    this.urn = source.urn;
    this.#source = source;
  }

  /** How messages name the resource, such as `aws.s3.Bucket "images"`. */
  get label(): string {
    const [, module = "", className = ""] = this.type.split(":");
    return `aws.${module.split("/")[0] ?? ""}.${className} "${this.name}"`;
  }

  /** The stack's name, which the URN begins with. */
  get stack(): string {
    return this.urn.split(":")[2] ?? "";
  }

  /** The value at a path into the properties; see {@link at}. */
  get(...path: (string | number)[]): unknown {
    this.#props ??= plain(this.#source.props);
    return at(this.#props, ...path);
  }

  /** The value at a path into the configuration of the resource's provider. */
  fromProvider(...path: (string | number)[]): unknown {
    return at(plain(this.#source.provider?.props), ...path);
  }
}
