/** Writes `src/schema.ts`, the types of the API, anew: of the document that has users, which has all that there is. */
import { readFileSync, writeFileSync } from "node:fs";
import { typesOf } from "./types-of.js";

const [source, target] = ["../openapi.users.json", "src/schema.ts"];
const text = await typesOf(readFileSync(source, "utf8"));
writeFileSync(target, text);
