import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { parseJson } from "../../local/parse-json";
import { type Finding, good, missing, open } from "./finding";

/** Where the CLI keeps the state: as the environment says, or the last `pulumi login`. Nothing where it has none. */
export function backendUrl(): string | undefined {
  const { PULUMI_BACKEND_URL: given, PULUMI_ACCESS_TOKEN: token } = process.env;
  return given ?? loggedInTo() ?? (token === undefined ? undefined : "https://api.pulumi.com");
}

/** Says where the state is. */
export function checkBackend(url: string | undefined): Finding {
  const what = "back end";
  if (url === undefined) {
    return missing(
      what,
      "the CLI is logged in nowhere",
      "pulumi login <the output backendUrl of bootstrap/>, or pulumi login for Pulumi Cloud",
    );
  }
  const shown = withoutSecrets(url);
  return url.startsWith("file://")
    ? open(
        what,
        `${shown}, on this machine alone`,
        "pulumi login <the output backendUrl of bootstrap/> for what others deploy, too",
      )
    : good(what, shown);
}

function loggedInTo(): string | undefined {
  const file = path.join(
    process.env.PULUMI_HOME ?? path.join(homedir(), ".pulumi"),
    "credentials.json",
  );
  if (!existsSync(file)) {
    return undefined;
  }
  const { current } = (parseJson(readFileSync(file, "utf8")) ?? {}) as { current?: unknown };
  return typeof current === "string" && current !== "" ? current : undefined;
}

/** An address may have a password, or a key in its query. */
function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//").replace(/\?.*$/, "");
}
