import { call } from "./api";
import { type Stack, withToken } from "./stack";

/**
 * The stack as the suite is let in: by its API key or, where that is nobody's, by the token of an admin.
 *
 * @param token what `E2E_TOKEN` holds.
 * @throws Error that says what to set it to.
 */
export async function letIn(stack: Stack, token: string | undefined): Promise<Stack> {
  const { oidcIssuer } = stack.outputs;
  if (oidcIssuer === undefined || (await call(stack, "/images?limit=1")).status !== 401) {
    return stack;
  }
  if (!token) {
    throw new Error(
      `The stack takes tokens of ${oidcIssuer}, and no API key: set E2E_TOKEN to the token of an admin. ` +
        "Of a local run, npm run token -- --user e2e --admin prints one.",
    );
  }
  const asAdmin = withToken(stack, token);
  const { status, body } = await call(asAdmin, "/me");
  if (status !== 200 || body.isAdmin !== true) {
    throw new Error(
      `E2E_TOKEN is not the token of an admin: GET /me answers ${status} ${JSON.stringify(body)}`,
    );
  }
  return asAdmin;
}
