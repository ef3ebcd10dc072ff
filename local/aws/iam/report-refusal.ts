import { printable } from "../../printable";
import type { Notify } from "../notice";
import type { Question } from "./compile";
import type { Decision, Principal } from "./types";

/**
 * Prints one line about a refused call: who, what, on what, and why.
 *
 * @param occasion why a service asked, where the caller did not call this action.
 */
export function reportRefusal(
  notify: Notify,
  { principal, action, resource }: Question,
  { explanation: reason }: Decision,
  occasion?: string,
): void {
  const asked = occasion === undefined ? "" : `, asked for because ${occasion}`;
  const name = nameOf(principal);
  notify(printable(`Refused: ${name}: ${action} on ${resource}${asked}: ${reason}`), {
    type: "refusal",
    principal: name,
    action,
    resource,
    reason,
  });
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
