import path from "node:path";
import {
  checkStackConfig,
  configKeys,
  type StackConfig,
} from "../../components/config/stack-config";
import { loadProject, type Project } from "../../local/engine/project";
import { loadStackConfig } from "../../local/engine/stack-config";
import { listStacks } from "../../local/engine/stack-file";
import { ConfigurationError } from "../../local/engine/configuration-error";
import { readYaml } from "../../local/engine/yaml-file";
import { type Finding, good, missing, open } from "./finding";

/** What a stack's config says, and what is to be said of it. */
export interface CheckedConfig {
  findings: Finding[];
  /** Nothing where it is not accepted. */
  config?: StackConfig;
  /** As the provider takes it. */
  region?: string;
}

/** Domains that are for examples: nobody gets mail there. https://www.rfc-editor.org/rfc/rfc2606 */
const exampleDomain = /@(.+\.)?(example\.(com|net|org)|example|test|invalid|localhost)$/i;

/** What the program says of the config, and what it cannot know. */
export async function checkConfig(projectDir: string, stack: string): Promise<CheckedConfig> {
  try {
    const project = await loadProject(projectDir);
    if (!(await listStacks(project)).includes(stack)) {
      const seen = `there is no Pulumi.${stack}.yaml`;
      return { findings: [missing("config", seen, `pulumi stack init ${stack}`)] };
    }
    const { values } = await loadStackConfig(project, stack);
    const given = Object.fromEntries(
      configKeys.map((key) => [key, values[`${project.name}:${key}`]]),
    );
    const { config, problems } = checkStackConfig(given, { stack, environment: process.env });
    const region = values["aws:region"];
    return {
      findings: [
        ...(config
          ? accepted(config)
          : problems.map(({ text, wayOut }) => missing("config", text, wayOut))),
        checkRegion(region, stack),
        await checkSecrets(project, stack),
      ],
      ...(config && { config }),
      ...(region !== undefined && { region }),
    };
  } catch (error) {
    return {
      findings: [missing("config", messageOf(error), `see Pulumi.yaml and Pulumi.${stack}.yaml`)],
    };
  }
}

function accepted({ alertEmail }: StackConfig): Finding[] {
  return exampleDomain.test(alertEmail)
    ? [
        open(
          "config",
          `accepted, but ${alertEmail} is an example: no alarm reaches anybody`,
          "set alertEmail to an address of yours",
        ),
      ]
    : [good("config", `accepted; alarms are mailed to ${alertEmail}`)];
}

/** The stack's region wins; where the environment has another, commands of the AWS CLI look elsewhere. */
function checkRegion(region: string | undefined, stack: string): Finding {
  if (region === undefined) {
    return missing("region", "not set", `pulumi config set --stack ${stack} aws:region us-east-1`);
  }
  const other = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  return other !== undefined && other !== region
    ? open(
        "region",
        `${region} for the stack, ${other} for other commands`,
        `export AWS_REGION=${region}`,
      )
    : good("region", region);
}

/** What the stack's secrets are encrypted with: without, they are asked for a passphrase. */
async function checkSecrets(project: Project, stack: string): Promise<Finding> {
  const what = "secrets";
  const file = await readYaml(path.join(project.stackDir, `Pulumi.${stack}.yaml`));
  const provider: unknown = file.get("secretsprovider");
  if (typeof provider === "string" && provider !== "passphrase") {
    return good(what, `encrypted by ${provider.split("://")[0] ?? provider}`);
  }
  if (!file.has("encryptionsalt")) {
    return open(
      what,
      "the stack's file names no key; Pulumi Cloud needs none",
      `pulumi stack init ${stack} --secrets-provider <the output secretsProvider of bootstrap/>`,
    );
  }
  const { PULUMI_CONFIG_PASSPHRASE: phrase, PULUMI_CONFIG_PASSPHRASE_FILE: phraseFile } =
    process.env;
  return phrase !== undefined || phraseFile !== undefined
    ? good(what, "encrypted by a passphrase, which the environment has")
    : open(
        what,
        "encrypted by a passphrase, which the CLI asks for",
        "export PULUMI_CONFIG_PASSPHRASE_FILE=<file>",
      );
}

function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) {
    return error.message;
  }
  throw error;
}
