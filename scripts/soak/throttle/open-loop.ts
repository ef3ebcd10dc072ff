import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { setTimeout } from "node:timers/promises";

/** One request and its answer; times in milliseconds on one monotonic clock. */
export interface Sample {
  sentAt: number;
  answeredAt: number;
  /** From when it was to be sent until it was answered: what a late generator costs is in it. */
  latencyMs: number;
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What is sent, again and again. */
export interface Shot {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** More than any burst. A server that falls behind must not be given ever more to accept. */
const maxSockets = 256;

/**
 * Sends requests at fixed times, whether or not the ones before were answered: a generator that
 * waits for answers would slow down with the server, and hide that it did.
 *
 * @param schedule when to send, in milliseconds from now on, in ascending order.
 */
export async function openLoop(shot: Shot, schedule: readonly number[]): Promise<Sample[]> {
  const agent = new Agent({ keepAlive: true, maxSockets });
  const start = performance.now();
  const samples: Promise<Sample>[] = [];
  try {
    for (const time of schedule) {
      const wait = start + time - performance.now();
      if (wait > 0) {
        await setTimeout(wait);
      }
      samples.push(shoot(shot, agent, start + time));
    }
    return await Promise.all(samples);
  } finally {
    agent.destroy();
  }
}

/** Sends one request at once. Without an answer, its status is 0. */
export function shoot(shot: Shot, agent: Agent, dueAt = performance.now()): Promise<Sample> {
  const { url, method, headers, body } = shot;
  return new Promise((resolve) => {
    const sentAt = performance.now();
    const finish = (status: number, answered: Pick<Sample, "headers" | "body">) => {
      const answeredAt = performance.now();
      resolve({ sentAt, answeredAt, latencyMs: answeredAt - dueAt, status, ...answered });
    };
    const sent = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const { statusCode = 0, headers: answered } = response;
        finish(statusCode, { headers: answered, body: Buffer.concat(chunks) });
      });
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === "ECONNRESET") {
        // The server has closed an idle connection at the moment that it was used again.
        resolve(shoot(shot, agent, dueAt));
      } else {
        finish(0, { headers: {}, body: Buffer.from(error.message) });
      }
    });
    sent.end(body);
  });
}
