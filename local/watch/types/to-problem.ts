import type * as TypeScript from "typescript";
import type { TypeProblem } from "./protocol";

/** An error of the compiler, in the form in which esbuild shows its own. */
export function toProblem(
  ts: typeof TypeScript,
  { messageText, code, file, start, length }: TypeScript.Diagnostic,
): TypeProblem {
  const [first = "", ...notes] = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
  const problem = { text: `${first} [TS${code}]`, notes: notes.map((note) => note.trim()) };
  if (file === undefined || start === undefined) {
    return problem;
  }
  const { line } = file.getLineAndCharacterOfPosition(start);
  const lineStarts = file.getLineStarts();
  const lineStart = lineStarts[line] ?? 0;
  const lineEnd = lineStarts[line + 1] ?? file.text.length;
  const lineText = file.text.slice(lineStart, lineEnd).replace(/\r?\n$/, "");
  const marked = file.text.slice(
    start,
    Math.min(start + (length ?? 0), lineStart + lineText.length),
  );
  return {
    ...problem,
    location: {
      file: file.fileName,
      line: line + 1,
      column: Buffer.byteLength(file.text.slice(lineStart, start)),
      length: Buffer.byteLength(marked),
      lineText,
    },
  };
}
