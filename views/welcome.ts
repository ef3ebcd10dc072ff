import type { WelcomeCommands, WelcomeFiles } from "../local/cli/welcome-commands";

const bearer = '-H "Authorization: Bearer $TOKEN"';

/** Commands that try the API, which `npm start` prints at its end; none if the stack has no API. */
export const welcome: WelcomeCommands = ({ outputs, files, tokenLine, config, quote }) => {
  const { apiUrl, domainTargets } = outputs;
  if (typeof apiUrl !== "string") {
    return [];
  }
  const allowsKeys = config["darkroom:allowApiKeys"] === "true";
  const keyLine = `API_KEY=$(node -p 'require(process.argv[1]).apiKey' ${quote(files.outputs)})`;
  const key = '-H "x-api-key: $API_KEY"';
  return [
    ...namesLine(domainTargets, files, quote),
    `API_URL=${quote(apiUrl)}`,
    tokenLine ?? keyLine,
    'curl "$API_URL/health"',
    ...(tokenLine
      ? [`curl "$API_URL/me" ${bearer}`, ...requestsOf("", bearer, files, quote)]
      : requestsOf("userId=me&", key, files, quote)),
    ...(tokenLine && allowsKeys ? [keyLine, `curl "$API_URL/images?urls=true" ${key}`] : []),
  ];
};

/**
 * Has curl find the stack's own names on this machine, which no resolver leads here, and trust their certificates.
 *
 * @param targets where each name is; nothing where the stack has none.
 */
function namesLine(
  targets: unknown,
  files: WelcomeFiles,
  quote: (text: string) => string,
): string[] {
  if (typeof targets !== "object" || targets === null) {
    return [];
  }
  const options = Object.entries(targets).map(
    ([name, target]) => `--connect-to ${name}:443:${String(target)}`,
  );
  return [`curl() { command curl --cacert ${quote(files.ca)} ${options.join(" ")} "$@"; }`];
}

/** Uploads an image, lists it, has JSON processed and reads the result. */
function requestsOf(
  user: string,
  credentials: string,
  files: WelcomeFiles,
  quote: (text: string) => string,
): string[] {
  const image = quote(files.sampleImage);
  const process = `curl -s "$API_URL/process" ${credentials} -H "Content-Type: application/json" -d '{"id": "first", "temperature": 21.5}'`;
  return [
    `curl "$API_URL/images?${user}imageName=sample.png" ${credentials} -H "Content-Type: image/png" --data-binary @${image}`,
    `curl "$API_URL/images?${user}urls=true" ${credentials}`,
    `RESULT_URL=$(${process} | node -p 'JSON.parse(require("fs").readFileSync(0)).url')`,
    `curl --cacert ${quote(files.ca)} "$RESULT_URL"`,
  ];
}
