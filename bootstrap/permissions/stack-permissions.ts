import generated from "./stack.json";

/** What the program makes with every option on, as `npm run permissions` has found it. */
export interface StackPermissions {
  /** Types of its resources of AWS. */
  types: readonly string[];
  /** Functions of the provider that it calls. */
  functions: readonly string[];
  /** Actions that its roles are granted by policies of its own. */
  roleActions: readonly string[];
  /** AWS's own policies that are attached to its roles. */
  managedPolicies: readonly string[];
  /** Services that take on its roles. */
  trustedServices: readonly string[];
  /** Keys of the objects that it stores itself. */
  objectKeys: readonly string[];
}

export const stackPermissions: StackPermissions = generated;
