import { type Answer, ask, type Asked } from "./ask";
import type { Target } from "./target";

/** Sends one request to the API, with what lets it in. */
export async function call(
  { outputs, credentials }: Target,
  path: string,
  asked: Asked,
): Promise<Answer> {
  const headers = { ...credentials, ...asked.headers };
  return await ask(`${outputs.apiUrl}${path}`, { ...asked, headers });
}
