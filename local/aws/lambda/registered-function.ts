import type { MappingRegistry } from "./event-sources/running-mapping";
import type { DeployedFunction } from "./execution-environment";
import type { FunctionUrls } from "./urls/function-urls";
import type { Aliases } from "./versions/aliases";
import type { FunctionTarget } from "./versions/function-target";
import type { FunctionVersion } from "./versions/function-version";
import type { PublishedVersions } from "./versions/published-versions";

/** What there is of functions. */
export interface FunctionRegistry {
  readonly urls: Pick<FunctionUrls, "find" | "of">;
  readonly eventSources: MappingRegistry;
  readonly versions: Pick<PublishedVersions, "of">;
  readonly aliases: Aliases;
  /** All functions, as they are deployed now. */
  functions(): DeployedFunction[];
  /** @throws AwsError `ResourceNotFoundException`. */
  find(reference: string): FunctionTarget;
  /** Publishes a version; {@link PublishedVersions.publish}. */
  publishVersion(functionName: string, description?: string): FunctionVersion;
  /** Deletes an alias; one that is gone already is no error. */
  deleteAlias(functionName: string, name: string): void;
}
