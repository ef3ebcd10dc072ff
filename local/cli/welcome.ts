import type { Properties } from "../provider/resource";

/** Absolute paths of files that the commands read. */
export interface WelcomeFiles {
  /** `outputs.json`, from which the commands take the API key. */
  outputs: string;
  /** A PNG image to upload. */
  sampleImage: string;
  /** Certificate of the authority that the local CDN's is signed by. */
  ca: string;
}

/** Commands that try the API, to be pasted into a shell; none if the stack has no API. */
export function welcomeCommands(outputs: Properties, files: WelcomeFiles): string[] {
  const { apiUrl } = outputs;
  if (typeof apiUrl !== "string") {
    return [];
  }
  const key = '-H "x-api-key: $API_KEY"';
  const image = quote(files.sampleImage);
  const process = `curl -s "$API_URL/process" ${key} -H "Content-Type: application/json" -d '{"id": "first", "temperature": 21.5}'`;
  return [
    `API_URL=${quote(apiUrl)}`,
    `API_KEY=$(node -p 'require(process.argv[1]).apiKey' ${quote(files.outputs)})`,
    'curl "$API_URL/health"',
    `curl "$API_URL/images?userId=me&imageName=sample.png" ${key} -H "Content-Type: image/png" --data-binary @${image}`,
    `curl "$API_URL/images?userId=me&urls=true" ${key}`,
    `RESULT_URL=$(${process} | node -p 'JSON.parse(require("fs").readFileSync(0)).url')`,
    `curl --cacert ${quote(files.ca)} "$RESULT_URL"`,
  ];
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
