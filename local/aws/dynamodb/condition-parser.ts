import { readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";

interface Parser {
  parse: (text: string, options: object) => unknown;
}

const load = createRequire(__filename);

/** The beginning of a rule of a parser that PEG.js has made. */
const rule = /function (peg\$parse(\w+))\(\) \{/g;
const beginning = "function peg$parse(input, options) {";

/** What the parser takes to be behind a NOT. */
const negated =
  /(function peg\$parseNotConditionExpression\(\) \{[^}]*s3 = peg\$parse)Parens(?=Condition)/;

let isMended = false;

/**
 * Has dynalite's parser of conditions remember what it has found at each place of a text, as PEG.js would have it do
 * where it is asked to. As it is made, it reads what is in parentheses four times, and so again for each that are in
 * those: a condition that is nested ten times takes half a minute. Behind one NOT it knows no other.
 */
export function mendConditionParser(): void {
  if (isMended) {
    return;
  }
  isMended = true;
  const name = "dynalite/db/conditionParser";
  const file = load.resolve(name);
  const mended = new Module(file) as Module & {
    _compile: (text: string, file: string) => void;
  };
  mended._compile(withMemory(withNegations(readFileSync(file, "utf8"))), file);
  Object.assign(load(name) as Parser, mended.exports);
}

/** @throws Error for a text that has no such rule. */
function withNegations(source: string): string {
  const mended = source.replace(negated, "$1Not");
  if (mended === source) {
    throw new Error("The parser of conditions has another rule for NOT than that which is mended.");
  }
  return mended;
}

/** @throws Error for a text that PEG.js has not made. */
function withMemory(source: string): string {
  const quick = source
    .replaceAll(
      rule,
      "function $1() { return peg$$once('$2', peg$$found$2); } function peg$$found$2() {",
    )
    .replace(
      beginning,
      `${beginning}
        const peg$memory = new Map();
        const peg$once = (rule, parse) => {
          const key = rule + peg$currPos;
          let found = peg$memory.get(key);
          if (found === undefined) {
            const result = parse();
            found = { result, end: peg$currPos };
            peg$memory.set(key, found);
          }
          peg$currPos = found.end;
          return found.result;
        };`.replaceAll("$", "$$$$"),
    );
  if (!quick.includes("peg$foundStart") || !quick.includes("peg$memory")) {
    throw new Error("The parser of conditions is of another make than that which is quickened.");
  }
  return quick;
}
