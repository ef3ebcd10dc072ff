import { nearest } from "../../nearest";
import { shortName } from "../../short-name";
import { UserError } from "../user-error";

/** What a log group is called: that of a function as the function. */
export function groupTitle(group: string): string {
  return shortName(
    group.replace(/^(?:\/aws\/(?:lambda|apigateway)\/|API-Gateway-Execution-Logs_)/, ""),
  );
}

/**
 * The groups that are meant by a name: whole, without its generated suffix, or as much of it as it takes to
 * tell it from the others.
 *
 * @throws UserError when it is none or several of them.
 */
export function findGroups(text: string, groups: readonly string[]): string[] {
  const titles = [...new Set(groups.map(groupTitle))].sort();
  const found = matches(text, groups, titles);
  const [title, ...others] = found;
  if (title === undefined) {
    throw new UserError(unknown(text, titles));
  }
  if (others.length > 0) {
    throw new UserError(`"${text}" may be any of ${found.join(", ")}: write more of the name.`);
  }
  return groups.filter((group) => group === text || groupTitle(group) === title);
}

/** The titles that are meant: those that match best. */
function matches(text: string, groups: readonly string[], titles: readonly string[]): string[] {
  const short = shortName(text);
  const ways: ((title: string) => boolean)[] = [
    (title) => title === text || title === short,
    (title) => title.endsWith(`-${short}`),
    (title) => title.startsWith(text),
    (title) => title.includes(`-${text}`),
    (title) => title.includes(text),
  ];
  if (groups.includes(text)) {
    return [groupTitle(text)];
  }
  return ways.map((way) => titles.filter(way)).find((found) => found.length > 0) ?? [];
}

function unknown(text: string, titles: readonly string[]): string {
  if (titles.length === 0) {
    return "There are no logs yet.";
  }
  const words = titles.flatMap((title) => [title, title.replace(/^[^-]*-/, "")]);
  const guess = nearest(text, words);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  return `There is no log of "${text}".${hint} There are: ${titles.join(", ")}.`;
}
