// Reads queries of CloudWatch Logs Insights, as far as those of the program go.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html

const commands = ["fields", "filter", "stats", "sort", "limit"];
const words = ["as", "by", "and", "or", "like", "asc", "desc"];
const functions = ["count", "sum", "avg", "max", "pct", "bin", "strcontains", "substr"];

/** What Insights knows of every event. */
const systemFields = ["@timestamp", "@message", "@log", "@logStream"];

/** A name: no part of a number with a unit. */
const name = /(?<![\w.@])@?[A-Za-z_][\w.]*/g;

/** A query without texts and regular expressions. */
function bare(query: string): string {
  return query.replaceAll(/"[^"]*"/g, '""').replaceAll(/like \/[^/]*\//g, 'like ""');
}

/** The fields that a query asks for, each once, without those that it makes up or that every event has. */
export function queriedFields(query: string): string[] {
  const text = bare(query);
  const aliases = [...text.matchAll(/ as (\w+)/g)].map(([, alias]) => alias);
  const known = [...commands, ...words, ...systemFields, ...aliases];
  const names = [...text.matchAll(name)]
    .filter(({ 0: found, index }) => text[index + found.length] !== "(")
    .map(([found]) => found);
  return [...new Set(names)].filter((found) => !known.includes(found));
}

/** Which fields a query compares with which texts, but for those that are to be filled in. */
export function queriedTexts(query: string): [field: string, text: string][] {
  return [...query.matchAll(/([\w.]+) !?= "([^"]*)"/g)]
    .map(([, field = "", text = ""]): [string, string] => [field, text])
    .filter(([, text]) => !/^[A-Z]+_[A-Z]+$/.test(text));
}

/** Commands and functions of a query, and which of them are none. */
export function queriedWords(query: string): { unknown: string[] } {
  const text = bare(query);
  const begins = text.split("|").map((part) => part.trim().split(" ")[0] ?? "");
  const called = [...text.matchAll(/(\w+)\(/g)].map(([, found = ""]) => found);
  return {
    unknown: [
      ...begins.filter((begin) => !commands.includes(begin)),
      ...called.filter((found) => !functions.includes(found)),
    ],
  };
}
