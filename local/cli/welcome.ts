import { resolve } from "node:path";
import type { Properties } from "../provider/resource";
import { defaultDataFolder } from "./data-folder";

/** Absolute paths of files that the commands read. */
export interface WelcomeFiles {
  /** `outputs.json`, from which the commands take the API key. */
  outputs: string;
  /** A PNG image to upload. */
  sampleImage: string;
  /** Certificate of the authority that the local CDN's is signed by. */
  ca: string;
}

/** How a stack that takes tokens is asked. */
export interface TokenAccess {
  /** The line that sets TOKEN, or says what it has to be. */
  line: string;
  /** Whether the API key does as well. */
  allowsKeys: boolean;
}

/** What is known of a run beside its outputs. */
export interface WelcomeSettings {
  /** The data folder, as the command line gave it. */
  data: string;
  endpoints: Readonly<Record<string, unknown>> & { oidcIssuer: string };
  /** Whether API keys are taken beside tokens. */
  allowsKeys: boolean;
}

/** The lines that say how a stack is used. */
export function welcome(
  outputs: Properties,
  files: WelcomeFiles,
  { data, endpoints, allowsKeys }: WelcomeSettings,
): string[] {
  const token =
    typeof outputs.oidcIssuer === "string"
      ? { line: tokenLine(outputs.oidcIssuer, endpoints.oidcIssuer, data), allowsKeys }
      : undefined;
  return [...welcomeCommands(outputs, files, token), ...cdnLines(endpoints)];
}

/**
 * Commands that try the API, to be pasted into a shell; none if the stack has no API.
 *
 * @param token where the stack takes tokens.
 */
export function welcomeCommands(
  outputs: Properties,
  files: WelcomeFiles,
  token?: TokenAccess,
): string[] {
  const { apiUrl } = outputs;
  if (typeof apiUrl !== "string") {
    return [];
  }
  const keyLine = `API_KEY=$(node -p 'require(process.argv[1]).apiKey' ${quote(files.outputs)})`;
  const key = '-H "x-api-key: $API_KEY"';
  return [
    `API_URL=${quote(apiUrl)}`,
    token?.line ?? keyLine,
    'curl "$API_URL/health"',
    ...(token
      ? [`curl "$API_URL/me" ${bearer}`, ...requestsOf("", bearer, files)]
      : requestsOf("userId=me&", key, files)),
    ...(token?.allowsKeys ? [keyLine, `curl "$API_URL/images?urls=true" ${key}`] : []),
  ];
}

const bearer = '-H "Authorization: Bearer $TOKEN"';

/** Uploads an image, lists it, has JSON processed and reads the result. */
function requestsOf(user: string, credentials: string, files: WelcomeFiles): string[] {
  const image = quote(files.sampleImage);
  const process = `curl -s "$API_URL/process" ${credentials} -H "Content-Type: application/json" -d '{"id": "first", "temperature": 21.5}'`;
  return [
    `curl "$API_URL/images?${user}imageName=sample.png" ${credentials} -H "Content-Type: image/png" --data-binary @${image}`,
    `curl "$API_URL/images?${user}urls=true" ${credentials}`,
    `RESULT_URL=$(${process} | node -p 'JSON.parse(require("fs").readFileSync(0)).url')`,
    `curl --cacert ${quote(files.ca)} "$RESULT_URL"`,
  ];
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
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
