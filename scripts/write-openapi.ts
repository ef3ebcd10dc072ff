import { writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { openApiDocument } from "../components/openapi/document";

/** Writes `openapi.json`, as it is published, into the working directory. */
async function writeOpenApi(file: string): Promise<void> {
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(JSON.stringify(openApiDocument()), options));
}

void writeOpenApi("openapi.json");
