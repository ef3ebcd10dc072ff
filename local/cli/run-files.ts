import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toJsonForm } from "../engine/json-form";
import { withoutSecrets } from "../engine/properties";
import type { ProgramResult } from "../engine/run-program";
import type { LocalCloud } from "./local-cloud";
import { sampleImage } from "./sample-image";
import { quote } from "./welcome";
import type { WelcomeFiles } from "./welcome-commands";
import { writeSecretFile } from "./write-secret-file";

/** Where the services of a run listen, by name. */
export type Endpoints = LocalCloud["endpoints"] & { oidcIssuer: string; page: string };

/** Writes what others need to use a run into its data folder: its outputs and endpoints, and an image to try. */
export async function writeRunFiles(
  dataDir: string,
  endpoints: Endpoints,
  { stackOutputs }: Pick<ProgramResult, "stackOutputs">,
): Promise<WelcomeFiles> {
  const files = {
    outputs: join(dataDir, "outputs.json"),
    sampleImage: join(dataDir, "sample.png"),
    ca: String(endpoints.caFile),
  };
  await writeSecretFile(files.outputs, toJson(toJsonForm(withoutSecrets(stackOutputs))));
  await writeSecretFile(join(dataDir, "endpoints.json"), toJson(endpoints));
  await writeSecretFile(join(dataDir, "aws.env"), awsEnvironment(endpoints));
  await writeFile(files.sampleImage, sampleImage());
  return files;
}

/** Variables by which the AWS CLI and SDKs reach the run: to be sourced in a shell. */
function awsEnvironment(endpoints: Endpoints): string {
  const { aws, accessKeyId, secretAccessKey, region } = endpoints;
  const variables = {
    AWS_ENDPOINT_URL: aws,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}=${quote(String(value))}\n`,
  );
  return ["unset AWS_PROFILE AWS_SESSION_TOKEN\n", ...lines].join("");
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
