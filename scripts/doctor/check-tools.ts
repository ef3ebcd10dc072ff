import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { findCommand } from "../../local/cli/find-command";
import { parseJson } from "../../local/parse-json";
import { type Finding, good, missing, open } from "./finding";

/** The CLI runs the program with this one, or a later one, as `@pulumi/pulumi` asks for it. */
const leastNode = "22.0.0";

const installation = "https://www.pulumi.com/docs/install/";

/** What the machine has: Node.js, npm, packages, the CLI, its plugin for AWS, and the policy pack. */
export function checkTools(projectDir: string): Finding[] {
  const modules = path.join(projectDir, "node_modules");
  const cli = findCommand("pulumi", modules);
  return [
    checkNode(findCommand("node", modules)),
    checkNpm(findCommand("npm", modules)),
    checkPackages(projectDir),
    checkCli(cli, versionOf(projectDir, "@pulumi/pulumi")),
    checkPlugin(cli, versionOf(projectDir, "@pulumi/aws"), modules),
    checkPack(projectDir),
  ];
}

function checkNode(command: string | undefined): Finding {
  const what = "Node.js";
  const wayOut = `install Node.js ${leastNode.split(".")[0] ?? ""} or later: https://nodejs.org/en/download`;
  if (command === undefined) {
    return missing(what, "none on the PATH, with which the Pulumi CLI runs the program", wayOut);
  }
  const version = answerOf(command, ["--version"])?.replace(/^v/, "");
  if (version === undefined) {
    return missing(what, `${command} does not run`, wayOut);
  }
  return isAtLeast(version, leastNode)
    ? good(what, version)
    : missing(
        what,
        `${version}, but the Pulumi CLI runs the program with ${leastNode} or later`,
        wayOut,
      );
}

function checkNpm(command: string | undefined): Finding {
  const version = command === undefined ? undefined : answerOf(command, ["--version"]);
  return version === undefined
    ? missing(
        "npm",
        "none on the PATH that runs",
        "it comes with Node.js: https://nodejs.org/en/download",
      )
    : good("npm", version);
}

interface Lock {
  packages: Record<string, { version?: string; link?: boolean; optional?: boolean } | undefined>;
}

/** Compares what `npm ci` installs with what it says that it has installed. */
function checkPackages(projectDir: string): Finding {
  const what = "packages";
  const lock = readLock(path.join(projectDir, "package-lock.json"));
  const installed = readLock(path.join(projectDir, "node_modules/.package-lock.json"));
  if (!lock) {
    return missing(
      what,
      "there is no package-lock.json that can be read",
      "git checkout package-lock.json",
    );
  }
  if (!installed) {
    return missing(what, "not installed", "npm ci");
  }
  const others = Object.entries(lock.packages).filter(
    ([place, wanted]) =>
      place.startsWith("node_modules/") &&
      wanted?.link !== true &&
      wanted?.optional !== true &&
      installed.packages[place]?.version !== wanted?.version,
  );
  const name = others[0]?.[0].replace("node_modules/", "") ?? "";
  return others.length === 0
    ? good(what, "as package-lock.json has them")
    : missing(
        what,
        `${others.length} are not as package-lock.json has them, such as ${name}`,
        "npm ci",
      );
}

function checkCli(cli: string | undefined, sdk: string | undefined): Finding {
  const what = "Pulumi CLI";
  if (cli === undefined) {
    return missing(what, "none on the PATH", `install it: ${installation}`);
  }
  const version = answerOf(cli, ["version"])?.replace(/^v/, "");
  if (version === undefined) {
    return missing(what, `${cli} does not run`, `install it anew: ${installation}`);
  }
  return sdk === undefined || isAtLeast(version, sdk)
    ? good(what, version)
    : missing(
        what,
        `${version} is older than the program's @pulumi/pulumi ${sdk}`,
        `install it anew: ${installation}`,
      );
}

interface Plugin {
  name: string;
  kind: string;
  version?: string;
}

/** The CLI downloads it by itself, where it may. */
function checkPlugin(
  cli: string | undefined,
  wanted: string | undefined,
  modules: string,
): Finding {
  const what = "AWS plugin";
  if (cli === undefined || wanted === undefined) {
    return open(what, "cannot be told without the CLI and the packages");
  }
  if (findCommand("pulumi-resource-aws", modules) !== undefined) {
    return good(what, "on the PATH, which wins over any other");
  }
  const plugins = (parseJson(answerOf(cli, ["plugin", "ls", "--json"]) ?? "[]") ?? []) as Plugin[];
  const own = plugins.filter(({ name, kind }) => name === "aws" && kind === "resource");
  if (own.some(({ version }) => version === wanted)) {
    return good(what, wanted);
  }
  const install = `pulumi plugin install resource aws v${wanted}`;
  return process.env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION === "true"
    ? missing(what, `${wanted} is not installed, and may not be downloaded by the way`, install)
    : open(what, `${wanted} is not installed; the CLI downloads it by the way`, install);
}

function checkPack(projectDir: string): Finding {
  return existsSync(path.join(projectDir, "policy-pack/dist/index.js"))
    ? good("policy pack", "compiled")
    : missing("policy pack", "not compiled", "npm run build --workspace policy-pack");
}

/** What a command prints, unless it fails or takes longer than ten seconds. */
function answerOf(command: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    timeout: 10_000,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** The version that the program asks for, whether it is installed or not. */
function versionOf(projectDir: string, name: string): string | undefined {
  const lock = readLock(path.join(projectDir, "package-lock.json"));
  return lock?.packages[`node_modules/${name}`]?.version;
}

function isAtLeast(version: string, least: string): boolean {
  const [given, wanted] = [version, least].map((text) =>
    text.split(/[.+-]/).slice(0, 3).map(Number),
  );
  for (const [index, number] of (wanted ?? []).entries()) {
    const own = given?.[index] ?? 0;
    if (own !== number) {
      return own > number;
    }
  }
  return true;
}

function readLock(file: string): Lock | undefined {
  return readJson(file) as Lock | undefined;
}

function readJson(file: string): unknown {
  return existsSync(file) ? parseJson(readFileSync(file, "utf8")) : undefined;
}
