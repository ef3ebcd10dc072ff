import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Properties } from "../provider/resource";
import { defaultDataFolder } from "./data-folder";
import type { WelcomeCommands, WelcomeFiles } from "./welcome-commands";

/** What is known of a run beside its outputs. */
export interface WelcomeSettings {
  /** The data folder, as the command line gave it. */
  data: string;
  endpoints: Readonly<Record<string, unknown>> & { oidcIssuer: string };
  /** Values of the stack's config. */
  config: Readonly<Record<string, string>>;
}

/**
 * The lines that say how a stack is used: those of the program, and how to reach its distributions.
 *
 * @param programDir where the program may have `views/welcome.ts`.
 */
export function welcome(
  programDir: string,
  outputs: Properties,
  files: WelcomeFiles,
  { data, endpoints, config }: WelcomeSettings,
): string[] {
  const { oidcIssuer } = outputs;
  const line =
    typeof oidcIssuer === "string" ? tokenLine(oidcIssuer, endpoints.oidcIssuer, data) : undefined;
  const commands =
    commandsOf(programDir)?.({ outputs, files, tokenLine: line, config, quote }) ?? [];
  return [...commands, ...cdnLines(endpoints)];
}

function commandsOf(programDir: string): WelcomeCommands | undefined {
  const file = join(programDir, "views", "welcome.ts");
  if (!existsSync(file)) {
    return undefined;
  }
  return (createRequire(file)(file) as { welcome?: WelcomeCommands }).welcome;
}

/**
 * The line that sets TOKEN, in the folder of the project; of another issuer's tokens none is known.
 *
 * @param issuer the one whose tokens the stack takes.
 * @param local the local one.
 * @param data the data folder, as the command line gave it.
 */
export function tokenLine(issuer: string, local: string, data: string): string {
  if (issuer !== local) {
    return `# TOKEN has to be an access token of ${issuer}.`;
  }
  const folder = data === defaultDataFolder ? "" : ` --data ${quote(resolve(data))}`;
  return `TOKEN=$(npm run --silent token -- --user ada${folder})`;
}

/** How a browser gets at each distribution without trusting its certificate. */
export function cdnLines({ cdnPlainHttp }: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(cdnPlainHttp ?? {}).map(
    ([domain, url]) =>
      `# In a browser, ${String(url)} stands for https://${domain}, whose certificate it does not know.`,
  );
}

/** `text` as one word of a POSIX shell. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
