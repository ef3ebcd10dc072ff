import { environments, startScripts } from "../data/environments";
import { variablesOf } from "../lib/environment-variables";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { holdsSecret, looksSecret } from "../lib/secret-values";

/** Whoever may describe a task, a build or an instance reads what it is given in clear. */
export const awsResourceForbidEnvironmentSecret = resourceRule({
  name: "aws-resource-forbid-environment-secret",
  description: "Environments of containers, builds and instances hold no secrets.",
  severity: "high",
  topic: "secrets",
  references: [fsbp("ECS.8"), fsbp("CodeBuild.2")],
  remediationSteps:
    "Store the secret in AWS Secrets Manager or Parameter Store, and refer to it, as by the secrets of a container or the type of a build's variable.",
  url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [] as string[],
      description: "Names of variables that look like secrets and are none.",
    },
  },
  types: [...environments, ...startScripts].map(({ type }) => type),
  check(resource, report, { allowed }) {
    const names = environments
      .filter(({ type }) => type === resource.type)
      .flatMap(({ path }) => variablesOf(path.at(-1) ?? "", resource.known(...path)))
      .filter(({ name, value }) => !allowed.includes(name) && looksSecret(name, value))
      .map(({ name }) => name);
    if (names.length > 0) {
      // Not the values: messages are logged.
      report(`has what looks like secrets in ${[...new Set(names)].join(", ")}`);
    }
    const scripts = startScripts
      .filter(({ type }) => type === resource.type)
      .map(({ path }) => resource.known(...path));
    if (scripts.some((script) => typeof script === "string" && holdsSecret(clear(script)))) {
      report("has what looks like a secret in its user data");
    }
  },
});

/** The script, whether it is given as it is or in base64; the other of the two is no text then. */
function clear(script: string): string {
  return `${script}\n${Buffer.from(script, "base64").toString("utf8")}`;
}
