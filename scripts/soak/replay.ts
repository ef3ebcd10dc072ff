import { inLanes } from "./lanes";
import { processRequest, uploadRequest } from "./requests";
import type { Load } from "./load";
import { repeat } from "./workload";

/**
 * Sends everything again that had an Idempotency-Key and was acknowledged; the ledger gets complaints
 * of answers that differ.
 *
 * @returns how many requests that were.
 */
export async function replay(load: Load): Promise<number> {
  const { ledger, stack } = load;
  const uploads = ledger.uploads.map(({ plan, answer }) => ({
    plan,
    answer,
    request: uploadRequest(stack, plan),
  }));
  const processes = ledger.processes.map(({ plan, answer }) => ({
    plan,
    answer,
    request: processRequest(stack, plan),
  }));
  const answered = [...uploads, ...processes].flatMap(({ plan, answer, request }) =>
    plan.isKeyed && answer !== undefined ? [{ name: plan.name, answer, request }] : [],
  );
  await inLanes(answered, ({ name, answer, request }) => repeat(request, answer, name, load));
  return answered.length;
}
