import type {
  ResourceValidation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

type AnyPolicy = ResourceValidationPolicy | StackValidationPolicy;

/** Tells for which types of resources a validation may have something to say. */
type Applies = (type: string) => boolean;

const applicability = new WeakMap<ResourceValidation, Applies>();

/** Says for which types a validation is; without it, one is for all. */
export function validationOf(applies: Applies, validation: ResourceValidation): ResourceValidation {
  applicability.set(validation, applies);
  return validation;
}

/**
 * The policies as the SDK goes through them: for each resource, through all. What it does for each of
 * them before it asks it takes longer than the policies themselves, so that a walk for a resource is
 * told its type and leaves out the policies that have nothing to say of it.
 */
export class PolicyList extends Array<AnyPolicy> {
  readonly #byType = new Map<string, AnyPolicy[]>();
  #type: string | undefined;

  constructor(policies: readonly AnyPolicy[]) {
    super();
    this.push(...policies);
  }

  /** What is made of the list is an ordinary one. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** Lets the next walk, and no other, be for a resource of this type. */
  walkFor(type: string): void {
    this.#type = type;
  }

  override [Symbol.iterator](): ArrayIterator<AnyPolicy> {
    const type = this.#type;
    this.#type = undefined;
    return type === undefined ? super[Symbol.iterator]() : this.#ofType(type)[Symbol.iterator]();
  }

  #ofType(type: string): AnyPolicy[] {
    let found = this.#byType.get(type);
    if (!found) {
      found = this.filter((policy) => applies(policy, type));
      this.#byType.set(type, found);
    }
    return found;
  }
}

function applies(policy: AnyPolicy, type: string): boolean {
  const validation = "validateResource" in policy ? policy.validateResource : undefined;
  return typeof validation !== "function" || (applicability.get(validation)?.(type) ?? true);
}
