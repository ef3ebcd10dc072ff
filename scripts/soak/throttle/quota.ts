import { Agent } from "node:http";
import { setTimeout } from "node:timers/promises";
import { parseObject } from "../error-shape";
import { type Shot, shoot } from "./open-loop";
import type { Stream } from "./part";

const clients = 8;

/** How long clients wait after they were told that they are too fast. */
const pauseMs = 100;

/** Sends requests until the quota is used up. @returns how many were accepted. */
export async function useUp(stream: Stream): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  let accepted = 0;
  const send = async (): Promise<void> => {
    for (;;) {
      const { status, body } = await shoot(stream.shot, agent);
      if (status === stream.status) {
        accepted++;
      } else if (isThrottled(body)) {
        await setTimeout(pauseMs);
      } else {
        return;
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

/** The code of the answer to one request. */
export async function codeOf(shot: Shot): Promise<string> {
  const agent = new Agent();
  const { body } = await shoot(shot, agent);
  return String(parseObject(body).code);
}

function isThrottled(body: Buffer): boolean {
  return parseObject(body).code === "TooManyRequests";
}
