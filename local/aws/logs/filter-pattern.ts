import { notEmulated } from "../not-emulated";
import { invalidParameter } from "./require-input";

/** A term of a pattern: words without spaces, or anything in quotation marks. */
const term = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g;

/**
 * What messages a filter pattern of terms is about: all terms, none with a minus in front, and at least
 * one of those with a question mark. Patterns of JSON, of columns and of regular expressions are not
 * emulated.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError `NotImplemented`; `InvalidParameterException` for a quotation mark that is alone.
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    throw notEmulated(`the filter pattern ${pattern} of CloudWatch Logs; it has terms alone`);
  }
  if (pattern.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").includes('"')) {
    throw invalidParameter("Invalid filter pattern");
  }
  const terms = [...pattern.matchAll(term)].map(([, sign = "", quoted, word = ""]) => ({
    sign,
    text: quoted?.replaceAll(/\\(.)/g, "$1") ?? word,
  }));
  const textsOf = (wanted: string) =>
    terms.filter(({ sign }) => sign === wanted).map(({ text }) => text);
  const [all, any, none] = [textsOf(""), textsOf("?"), textsOf("-")];
  return (message) =>
    all.every((text) => message.includes(text)) &&
    !none.some((text) => message.includes(text)) &&
    (any.length === 0 || any.some((text) => message.includes(text)));
}
