/** Writes `openapi.json` and `openapi.users.json`, as they are published, into the working directory. */
import type { OpenAPIV3 } from "openapi-types";
import { openApiDocument } from "../components/openapi/document";
import { parseNoOptions } from "../local/cli/no-options";
import { requireWritable, writeOutput } from "../local/cli/output-file";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { UserError } from "../local/cli/user-error";
import { formatted } from "./formatted";

/** The documents by their files. */
const documents = {
  "openapi.json": openApiDocument,
  "openapi.users.json": () => openApiDocument({ allowApiKeys: false }),
};

async function writeOpenApi(): Promise<number> {
  const files = Object.keys(documents);
  parseNoOptions("openapi", `Writes ${files.join(" and ")} anew.`, process.argv.slice(2));
  for (const file of files) {
    await requireWritable("npm run openapi", file);
  }
  // All of them first: where one is wrong, none is written.
  const texts = await Promise.all(Object.entries(documents).map(formatDocument));
  for (const [file, text] of texts) {
    await writeOutput("npm run openapi", file, text);
  }
  return 0;
}

async function formatDocument([file, describe]: [string, () => OpenAPIV3.Document]) {
  const text = JSON.stringify(await validDocument(file, describe));
  return [file, await formatted(text, file)] as const;
}

/** @throws UserError when what the code describes is no OpenAPI document. */
async function validDocument(file: string, describe: () => OpenAPIV3.Document) {
  // It takes half a second to load, which help and errors of the command line can do without.
  const { default: parser } = await import("@apidevtools/swagger-parser");
  try {
    const document = describe();
    // The validator replaces references in what it is given.
    await parser.validate(structuredClone(document));
    return document;
  } catch (error) {
    throw new UserError(`${file} was not written. ${(error as Error).message}`, { cause: error });
  }
}

void runCommand(writeOpenApi, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
