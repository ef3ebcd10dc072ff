import type { RegisteredResource } from "./registered-resource";
import type { RpcError } from "./rpc";

/** What the program has registered and read so far, and how the run is ended. */
interface Known {
  resources: ReadonlyMap<string, unknown>;
  reads: ReadonlySet<string>;
  failures: { fail: (urn: string, message: string) => RpcError };
}

/** @throws RpcError after the run has been ended, in the engine's words, when a parent is not there. */
export function requireParent({ urn, parent }: RegisteredResource, known: Known): void {
  if (parent !== undefined && !isThere(parent, known)) {
    throw known.failures.fail(urn, `could not find parent resource ${parent}`);
  }
}

/**
 * Looks for what a resource refers to that is not there before it. The engine notices when it adds the
 * resource to the stack's state.
 *
 * @throws RpcError after the run has been ended, in the engine's words.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/snapshot.go
 */
export function requireDependencies(resource: RegisteredResource, known: Known): void {
  const { urn, dependencies, propertyDependencies, options } = resource;
  const all = [...dependencies, ...Object.values(propertyDependencies).flat()];
  const missing = all.find((dependency) => !isThere(dependency, known));
  const { deletedWith } = options;
  const invalid = `failed to verify snapshot: resource ${urn}`;
  if (missing !== undefined) {
    throw known.failures.fail(urn, `${invalid} refers to missing dependency ${missing}`);
  }
  if (deletedWith !== undefined && !isThere(deletedWith, known)) {
    throw known.failures.fail(
      urn,
      `${invalid} is specified as being deleted with ${deletedWith}, which is missing`,
    );
  }
}

function isThere(urn: string, { resources, reads }: Known): boolean {
  return resources.has(urn) || reads.has(urn);
}
