import { Agent } from "node:http";
import { setTimeout } from "node:timers/promises";
import { parseObject } from "../error-shape";
import { type Sample, shoot } from "./open-loop";
import { isRefusal, type Stream } from "./part";

const clients = 8;

/** How long clients wait after they were told that they are too fast. */
const pauseMs = 100;

/**
 * Sends requests until the quota is used up, as patiently as throttles ask for.
 *
 * @returns how many were accepted.
 * @throws Error when one is refused for any other reason.
 */
export async function useUp({ name, shot, status }: Stream): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  let accepted = 0;
  const send = async (): Promise<void> => {
    for (;;) {
      const answer = await shoot(shot, agent);
      const code = answer.status === status ? undefined : codeOf(answer);
      switch (code) {
        case undefined:
          accepted++;
          break;
        case "TooManyRequests":
          await setTimeout(pauseMs);
          break;
        case "QuotaExceeded":
          if (isRefusal(answer, "quota")) {
            return;
          }
          throw new Error(`${name} answers a used-up quota in another shape.`);
        default:
          throw new Error(`${name} answers with ${answer.status} ${code}.`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, send));
    return accepted;
  } finally {
    agent.destroy();
  }
}

function codeOf({ body }: Sample): string {
  return String(parseObject(body).code);
}
