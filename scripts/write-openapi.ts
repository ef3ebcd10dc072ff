/** Writes `openapi.json`, as it is published, into the working directory. */
import { validate } from "@apidevtools/swagger-parser";
import { format, resolveConfig } from "prettier";
import { openApiDocument } from "../components/openapi/document";
import { parseNoOptions } from "../local/cli/no-options";
import { requireWritable, writeOutput } from "../local/cli/output-file";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { UserError } from "../local/cli/user-error";

const file = "openapi.json";

async function writeOpenApi(): Promise<number> {
  parseNoOptions("openapi", `Writes ${file} anew.`, process.argv.slice(2));
  await requireWritable("npm run openapi", file);
  const text = JSON.stringify(await validDocument());
  const options = { ...(await resolveConfig(file)), filepath: file };
  await writeOutput("npm run openapi", file, await format(text, options));
  return 0;
}

/** @throws UserError when what the code describes is no OpenAPI document. */
async function validDocument() {
  try {
    const document = openApiDocument();
    // The validator replaces references in what it is given.
    await validate(structuredClone(document));
    return document;
  } catch (error) {
    throw new UserError(`${file} was not written. ${(error as Error).message}`, { cause: error });
  }
}

void runCommand(writeOpenApi, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
