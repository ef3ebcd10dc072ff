import * as pulumi from "@pulumi/pulumi";

/**
 * What of a component's arguments is kept in the stack's state, where `pulumi preview` compares it. Not
 * other components: one that takes another would wait for all of the other's children, some of which
 * may be its own.
 */
export function recordedArgs(args: object): pulumi.Inputs {
  return Object.fromEntries(
    Object.entries(args).filter(([, value]) => !pulumi.ComponentResource.isInstance(value)),
  );
}
