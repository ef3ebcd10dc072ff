import path from "node:path";
import { accountOf } from "../../local/cli/account";
import { analyzerResource, analyzeRequest } from "../../local/engine/analyzer-messages";
import { loadProject } from "../../local/engine/project";
import { providerOf } from "../../local/engine/provider-resource";
import type { RegisteredResource } from "../../local/engine/registered-resource";
import { runProgram } from "../../local/engine/run-program";
import { loadStackConfig } from "../../local/engine/stack-config";
import { PreviewProvider } from "../../local/provider/preview-provider";
import { copiesOf } from "./copies";
import type { PackRequests } from "./pack-seconds";

/** The resources that this project's program registers in a preview when it makes its stack so often. */
export async function recordGraph(
  copies: number,
  signal: AbortSignal,
): Promise<RegisteredResource[]> {
  const project = await loadProject(path.join(__dirname, "../.."));
  const config = await loadStackConfig(project, "local", {});
  const { resources } = await runProgram(
    {
      project,
      config,
      signal,
      stack: "local",
      dryRun: true,
      environment: copiesOf(copies),
      provider: new PreviewProvider(accountOf(config)),
      onEvent: () => undefined,
    },
    (result) => Promise.resolve(result),
  );
  return resources;
}

/** As the engine asks a pack about them. */
export function requestsAbout(resources: readonly RegisteredResource[]): PackRequests {
  const known = new Map(resources.map((resource) => [resource.urn, resource]));
  const all = resources.map((resource) => [resource, providerOf(resource, known)] as const);
  return {
    analyze: all.map(([resource, provider]) => analyzeRequest(resource, provider)),
    stack: all.map(([resource, provider]) => analyzerResource(resource, provider)),
  };
}
