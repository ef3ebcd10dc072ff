import type { WelcomeCommands, WelcomeFiles } from "../local/cli/welcome-commands";

const bearer = '-H "Authorization: Bearer $TOKEN"';

/** Commands that try the API, which `npm start` prints at its end; none if the stack has no API. */
export const welcome: WelcomeCommands = ({ outputs, files, tokenLine, config, quote }) => {
  const { apiUrl } = outputs;
  if (typeof apiUrl !== "string") {
    return [];
  }
  const allowsKeys = config["darkroom:allowApiKeys"] === "true";
  const keyLine = `API_KEY=$(node -p 'require(process.argv[1]).apiKey' ${quote(files.outputs)})`;
  const key = '-H "x-api-key: $API_KEY"';
  return [
    `API_URL=${quote(apiUrl)}`,
    tokenLine ?? keyLine,
    'curl "$API_URL/health"',
    ...(tokenLine
      ? [`curl "$API_URL/me" ${bearer}`, ...requestsOf("", bearer, files, quote)]
      : requestsOf("userId=me&", key, files, quote)),
    ...(tokenLine && allowsKeys ? [keyLine, `curl "$API_URL/images?urls=true" ${key}`] : []),
  ];
};

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
