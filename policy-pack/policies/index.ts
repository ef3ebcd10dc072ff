import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as rules from "../rules";

/** All policies of the pack: the one export of each of these files. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] =
  Object.values(rules);
