import { environments, scripts } from "../data/environments";
import { variablesOf } from "../lib/environment-variables";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { holdsSecret, looksSecret } from "../lib/secret-values";
import { nestedStrings } from "../lib/values";

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
  types: [...environments, ...scripts].map(({ type }) => type),
  check(resource, report, { allowed }) {
    const found = environments
      .filter(({ type }) => type === resource.type)
      .map(({ path }) => ({
        property: path[0],
        names: variablesOf(path.at(-1) ?? "", resource.known(...path))
          .filter(({ name, value }) => !allowed.includes(name) && looksSecret(name, value))
          .map(({ name }) => name),
      }));
    const names = new Set(found.flatMap((one) => one.names));
    if (names.size > 0) {
      // Not the values: messages are logged.
      report(`has what looks like secrets in ${[...names].join(", ")}`);
    }
    const named = found.filter((one) => one.names.length > 0).map(({ property }) => property);
    const titles = scripts
      .filter(({ type, path: [property] }) => type === resource.type && !named.includes(property))
      .filter(({ path }) => nestedStrings(resource.known(...path)).some(hasSecret))
      .map(({ title }) => title);
    if (titles.length > 0) {
      report(`has what looks like a secret in its ${[...new Set(titles)].join(" and ")}`);
    }
  },
});

/** Whether the script is given as it is or in base64; the other of the two is no text then. */
function hasSecret(script: string): boolean {
  return holdsSecret(`${script}\n${Buffer.from(script, "base64").toString("utf8")}`);
}
