import type { CheckedResource } from "./resource";
import { isKnown, maySet } from "./values";

type SettingValue = string | boolean;

/** A setting that resources of a type have to have. */
export interface Requirement {
  type: string;
  path: readonly string[];
  /** The values that comply. */
  accepts: readonly SettingValue[];
  /** What holds, by the provider or by AWS, where the program sets nothing. */
  byDefault?: SettingValue | ((resource: CheckedResource) => SettingValue);
  /**
   * Properties of which any means that the setting comes from elsewhere, such as the snapshot that
   * is restored: then only another value that is set is a problem.
   */
  inheritsFrom?: readonly string[];
  /** What is wrong otherwise, as the end of a sentence that the resource begins. */
  problem: string;
}

/** The parts of a rule whose resources have to have these settings. */
export function requiring(...requirements: Requirement[]) {
  return {
    types: [...new Set(requirements.map(({ type }) => type))],
    check(resource: CheckedResource, report: (problem: string) => void) {
      for (const requirement of requirements.filter(({ type }) => type === resource.type)) {
        if (!isMet(resource, requirement)) {
          report(requirement.problem);
        }
      }
    },
  };
}

function isMet(
  resource: CheckedResource,
  { path, accepts, byDefault, inheritsFrom = [] }: Requirement,
): boolean {
  const given = resource.known(...path);
  const isAbsent = given === undefined || given === "";
  if (isAbsent && inheritsFrom.some((property) => maySet(resource.declared(property)))) {
    return true;
  }
  const value = isAbsent ? defaultFor(resource, byDefault) : given;
  // Some of the provider's flags are texts.
  return !isKnown(value) || accepts.some((accepted) => String(accepted) === String(value));
}

function defaultFor(resource: CheckedResource, byDefault: Requirement["byDefault"]): unknown {
  return typeof byDefault === "function" ? byDefault(resource) : byDefault;
}
