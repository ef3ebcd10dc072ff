import { type Finding, formatFindings } from "./finding";

/** What the command says of a stack. */
export interface Report {
  /** What it prints. */
  text: string;
  /** 1 when something is missing. */
  exitCode: 0 | 1;
}

/**
 * What is said of the findings for a stack.
 *
 * @param json whether as a JSON document, instead of for people.
 */
export function reportOf(stack: string, findings: readonly Finding[], json: boolean): Report {
  const lacks = findings.filter(({ state }) => state === "missing").length;
  return {
    text: json
      ? JSON.stringify({ stack, ready: lacks === 0, findings }, undefined, 2)
      : `${formatFindings(findings)}\n\n${conclusion(stack, lacks)}`,
    exitCode: lacks === 0 ? 0 : 1,
  };
}

function conclusion(stack: string, lacks: number): string {
  return lacks === 0
    ? `Nothing is missing that can be told from here: pulumi up --stack ${stack}`
    : `${lacks} missing for the stack ${stack}: each → says the way out.`;
}
