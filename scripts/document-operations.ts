/**
 * Writes `docs/queries.md` anew, what people ask the logs, as `components/operations/log-query-texts.ts` has it, and
 * `docs/dashboard.svg`, a picture of the dashboard.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import {
  logQueries,
  type LogQuery,
  type QueriedLogs,
} from "../components/operations/log-query-texts";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { formatted } from "./formatted";

const file = path.join(__dirname, "../docs/queries.md");
const pictureFile = path.join(__dirname, "../docs/dashboard.svg");

/** `docs/queries.md` as the queries are. */
export async function documentQueries(): Promise<string> {
  return formatted(text(), file);
}

/** `docs/dashboard.svg` as the dashboard's body is. */
export async function documentDashboard(): Promise<string> {
  // All that it needs takes a second to load, which help and errors of the command line can do without.
  const { dashboardPicture } = await import("./operations/dashboard-picture.js");
  const { sampleSubjects } = await import("./operations/sample-subjects.js");
  return dashboardPicture(sampleSubjects);
}

function text(): string {
  return `<!-- Written by npm run docs:operations from components/operations/log-query-texts.ts. -->

# Queries

For CloudWatch Logs Insights. With \`logQueries\` they are saved queries of each stack, in the console's list of
them under \`<prefix>-<stack>/\`, with the log groups that they read. Without, paste the text and choose the groups:
those of functions are \`/aws/lambda/<prefix>-<operation>-…\`, the access log is \`/aws/apigateway/<prefix>-…\`.
Saving them costs nothing; each gigabyte that a query reads costs $0.005, so choose a short span first.

What is in capitals is to be filled in: \`REQUEST_ID\` is the \`requestId\` of an answer, or the request id of Lambda;
\`USER_HASH\` stands for a user in logs, where no name ever is: \`printf %s "$USER_ID" | sha256sum | cut -c1-32\`.

From a terminal:

\`\`\`sh
aws logs start-query --start-time "$(date -d '3 hours ago' +%s)" --end-time "$(date +%s)" \\
  --log-group-names GROUP --query-string "$(cat query.txt)" --query queryId --output text
aws logs get-query-results --query-id ID
\`\`\`

A local run has no Insights: \`npm run logs -- --request ID\` shows a request there, and its log files are JSON, a line an
event, for \`jq\`.

${logQueries.map(section).join("\n\n")}
`;
}

const read: Record<QueriedLogs, string> = {
  functions: "the logs of functions",
  access: "the access log",
  all: "the logs of functions and the access log",
};

function section({ title, purpose, logs, text: query, isOfUsers }: LogQuery): string {
  const users = isOfUsers ? ", of a stack with an `oidcIssuer`" : "";
  return `## ${title}\n\n${purpose} It reads ${read[logs]}${users}.\n\n\`\`\`\n${query}\n\`\`\``;
}

async function main(): Promise<number> {
  const description = "Writes docs/queries.md and docs/dashboard.svg anew.";
  parseNoOptions("docs:operations", description, process.argv.slice(2));
  writeFileSync(file, await documentQueries());
  writeFileSync(pictureFile, await documentDashboard());
  return 0;
}

if (require.main === module) {
  void runCommand(main, interruptedExitCode).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
