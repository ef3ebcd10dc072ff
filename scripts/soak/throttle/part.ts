import { setTimeout } from "node:timers/promises";
import { hasCors, hasErrorShape } from "../error-shape";
import { quantile } from "../quantile";
import { openLoop, type Sample, type Shot } from "./open-loop";

/** A token bucket, as API Gateway documents it. */
export interface Limit {
  /** Tokens that it gets in a second. */
  rate: number;
  /** Tokens that it holds. */
  burst: number;
}

/** What is sent against a limit. */
export interface Stream {
  /** Such as `POST /process`. */
  name: string;
  shot: Shot;
  /** What its function answers to it, which no gateway in front of it does. */
  status: number;
  limit: Limit;
}

/** What came of one load. */
export interface Part {
  sent: number;
  accepted: number;
  /** How many a token bucket lets in, in the shortest and in the longest time that it can have been. */
  expected: { least: number; most: number };
  /** Of what was accepted, in milliseconds. */
  latency: { median: number; p95: number };
  /** One sentence for each kind of answer that should not be. */
  problems: string[];
}

const throttled = 429;
const tolerance = 0.01;

/** When to send exactly what a full bucket lets in: the burst at once, then one for each new token. */
export function scheduleAtLimit({ rate, burst }: Limit, seconds: number): number[] {
  const refills = Array.from({ length: rate * seconds }, (_, index) => ((index + 1) * 1000) / rate);
  return [...Array<number>(burst).fill(0), ...refills];
}

/** When to send so many times what new tokens let in. */
export function scheduleBeyond({ rate }: Limit, times: number, seconds: number): number[] {
  const perSecond = rate * times;
  return Array.from({ length: perSecond * seconds }, (_, index) => (index * 1000) / perSecond);
}

/** Waits until the bucket is full, and carries out a load. */
export async function runPart(stream: Stream, schedule: readonly number[]): Promise<Part> {
  const { shot, limit } = stream;
  await setTimeout((limit.burst / limit.rate) * 1000);
  const samples = await openLoop(shot, schedule);
  const accepted = samples.filter(({ status }) => status === stream.status);
  const latencies = accepted.map(({ latencyMs }) => latencyMs);
  return {
    sent: samples.length,
    accepted: accepted.length,
    expected: expectedOf(samples, limit),
    latency: { median: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) },
    problems: [...new Set(samples.flatMap((sample) => problemOf(sample, stream) ?? []))],
  };
}

/** When a request reached the gateway is not known, but that it was between sending and answer. */
function expectedOf(samples: readonly Sample[], { rate, burst }: Limit): Part["expected"] {
  const sent = samples.map(({ sentAt }) => sentAt);
  const answered = samples.map(({ answeredAt }) => answeredAt);
  const shortest = Math.max(...sent) - Math.min(...answered);
  const longest = Math.max(...answered) - Math.min(...sent);
  const letIn = (milliseconds: number) =>
    Math.min(samples.length, Math.floor(burst + (rate * milliseconds) / 1000));
  return { least: letIn(shortest), most: letIn(longest) };
}

/** Whether the count is what a token bucket lets in, within 1 % and the request that it is about. */
export function isExpected({ accepted, expected: { least, most } }: Part): boolean {
  return accepted >= Math.floor(least * (1 - tolerance)) - 1 && accepted <= most * (1 + tolerance);
}

function problemOf(sample: Sample, stream: Stream): string | undefined {
  const { status, body } = sample;
  switch (status) {
    case stream.status:
      return undefined;
    case throttled:
      return hasErrorShape(sample) && hasCors(sample) ? undefined : "a 429 in another shape";
    case 0:
      return `no answer: ${body.toString()}`;
    default:
      return `answers with ${status}`;
  }
}
