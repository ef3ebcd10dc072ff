import type { Question } from "./compile";
import type { Decision, Principal } from "./types";

/**
 * Prints one line about a refused call: who, what, on what, and why.
 *
 * @param occasion why a service asked, where the caller did not call this action.
 */
export function reportRefusal(
  notify: (line: string) => void,
  { principal, action, resource }: Question,
  { explanation }: Decision,
  occasion?: string,
): void {
  const asked = occasion === undefined ? "" : `, asked for because ${occasion}`;
  const line = `Refused: ${nameOf(principal)}: ${action} on ${resource}${asked}: ${explanation}`;
  // Callers choose object keys; a line break in one must not forge a line of output.
  notify(
    line.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`),
  );
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case "role": {
      const [, role = "", session = ""] = principal.arn.split("/");
      // Lambda names sessions after their function.
      return `${session} by ${role}`;
    }
    case "service":
      return principal.service;
    case "root":
      return "the administrator";
    case "anonymous":
      return "a caller without a signature";
  }
}
