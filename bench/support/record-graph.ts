import path from "node:path";
import { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { accountOf } from "../../local/cli/account";
import { analyzerResource, analyzeRequest } from "../../local/engine/analyzer-messages";
import { loadProject } from "../../local/engine/project";
import { providerOf } from "../../local/engine/provider-resource";
import type { RegisteredResource } from "../../local/engine/registered-resource";
import { runProgram } from "../../local/engine/run-program";
import { loadStackConfig } from "../../local/engine/stack-config";
import { PreviewProvider } from "../../local/provider/preview-provider";
import { copiesOf } from "./copies";

/** What a policy pack is sent of resources, in base64. */
export interface PackRequests {
  analyze: string[];
  analyzeStack: string;
}

/** The resources that this project's program registers in a preview when it makes its stack so often. */
export async function recordGraph(
  copies: number,
  signal: AbortSignal,
): Promise<RegisteredResource[]> {
  const project = await loadProject(path.join(__dirname, "../.."));
  const config = await loadStackConfig(project, "local", {});
  const { resources } = await runProgram(
    {
      ...{ project, config, signal, stack: "local", dryRun: true },
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
  const all = resources.map((resource) => analyzerResource(resource, providerOf(resource, known)));
  return {
    analyze: resources.map((resource) =>
      base64(analyzeRequest(resource, providerOf(resource, known))),
    ),
    analyzeStack: base64(new AnalyzeStackRequest().setResourcesList(all)),
  };
}

function base64(message: { serializeBinary(): Uint8Array }): string {
  return Buffer.from(message.serializeBinary()).toString("base64");
}
