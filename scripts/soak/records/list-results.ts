import type { ResultDescription } from "../../../handlers/records/results-table";
import { endingOf } from "../ending-of";
import type { Load } from "../load";
import { apiRequest } from "../requests";

/** A result as GET /results shows it. */
export type ShownResult = ResultDescription & { url: string };

interface Page {
  results: ShownResult[];
  nextCursor?: string;
}

/** All results for the id of a record, page by page; `undefined` if one was not answered. */
export async function listResults(
  id: string,
  limit: number,
  { client, ledger, stack }: Load,
): Promise<ShownResult[] | undefined> {
  const listed: ShownResult[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ id, limit: String(limit), ...(cursor && { cursor }) });
    const outcome = await client.send(apiRequest(stack, "GET", `/results?${String(query)}`));
    endingOf(outcome, "GET /results", ledger);
    if (outcome.is !== "done") {
      return undefined;
    }
    const { results, nextCursor } = JSON.parse(outcome.answer.bytes.toString()) as Page;
    listed.push(...results);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return listed;
}
