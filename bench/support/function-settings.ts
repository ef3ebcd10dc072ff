import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../../local/aws/files";

/** Variables of environments by name. */
export type Variables = Record<string, string>;

/**
 * The variables of a local run's function, as the run keeps them.
 *
 * @param operation the handler's name.
 * @throws Error when the run has no such function.
 */
export function variablesOf(operation: string, dataDir: string): Variables {
  const folder = join(dataDir, "resources");
  for (const file of readdirSync(folder)) {
    const { urn = "", inputs } = readJson(join(folder, file)) as {
      urn?: string;
      inputs?: { environment?: { variables: Variables } };
    };
    if (urn.includes("aws:lambda/function:Function") && urn.endsWith(`-${operation}`)) {
      return inputs?.environment?.variables ?? {};
    }
  }
  throw new Error(`The local run has no function ${operation}.`);
}

/** What leads the SDK to a local run's services, as its administrator. */
export function endpointVariables(dataDir: string): Variables {
  const endpoints = readJson(join(dataDir, "endpoints.json")) as Variables;
  const services = ["cloudfront", "dynamodb", "kms", "s3", "ssm"].map((service) => [
    `AWS_ENDPOINT_URL_${service.toUpperCase()}`,
    endpoints[service] ?? "",
  ]);
  return {
    AWS_REGION: endpoints.region ?? "",
    AWS_ACCESS_KEY_ID: endpoints.accessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: endpoints.secretAccessKey ?? "",
    ...(Object.fromEntries(services) as Variables),
  };
}
