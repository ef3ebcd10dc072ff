import { checkAccount } from "./check-account";
import { backendUrl, checkBackend } from "./check-backend";
import { checkConfig } from "./check-config";
import { checkTools } from "./check-tools";
import type { Finding } from "./finding";

/** All that a deployment of a stack needs, as it is found here. */
export async function examine(projectDir: string, stack: string): Promise<Finding[]> {
  const { findings: ofConfig, config, region } = await checkConfig(projectDir, stack);
  const backend = backendUrl();
  return [
    ...checkTools(projectDir),
    ...ofConfig,
    checkBackend(backend),
    ...(await checkAccount(region ?? "us-east-1", config, backend)),
  ];
}
