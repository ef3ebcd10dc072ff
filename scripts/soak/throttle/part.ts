import { setTimeout } from "node:timers/promises";
import { hasCors, hasErrorShape, parseObject } from "../error-shape";
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
  /** How many a token bucket lets in: at least and at most, as it is not known when they arrived. */
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

/**
 * What a bucket lets in of requests that arrived somewhere between sending and answer. At most, that
 * is the burst and what was added in the whole time; at least, what it lets in of those that arrived
 * as they were sent, or as late as they can have: while a machine stands still, tokens overflow.
 */
export function expectedOf(samples: readonly Sample[], limit: Limit): Part["expected"] {
  const sent = samples.map(({ sentAt }) => sentAt);
  const latest = latestArrivals(samples);
  const end = Math.max(...samples.map(({ answeredAt }) => answeredAt));
  const added = (limit.rate * (end - Math.min(...sent))) / 1000;
  return {
    least: Math.min(letIn(sent, limit), letIn(latest, limit)),
    most: Math.min(samples.length, Math.floor(limit.burst + added)),
  };
}

/** None arrived after itself, or one that was sent after it, was answered. */
function latestArrivals(samples: readonly Sample[]): number[] {
  let latest = Infinity;
  return samples
    .toReversed()
    .map(({ answeredAt }) => (latest = Math.min(latest, answeredAt)))
    .toReversed();
}

/** How many of requests that arrive at these times find a token in a bucket that was full. */
function letIn(arrivals: readonly number[], { rate, burst }: Limit): number {
  let tokens = burst;
  let accepted = 0;
  for (const [index, arrival] of arrivals.entries()) {
    const elapsed = arrival - (arrivals[index - 1] ?? arrival);
    tokens = Math.min(burst, tokens + (elapsed * rate) / 1000);
    if (tokens >= 1) {
      tokens--;
      accepted++;
    }
  }
  return accepted;
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
      return isRefusal(sample, "throttle") ? undefined : "a 429 in another shape";
    case 0:
      return `no answer: ${body.toString()}`;
    default:
      return `answers with ${status}`;
  }
}

/** Whether an answer says as errors do which limit it was, and when to come back. */
export function isRefusal(sample: Sample, limit: string): boolean {
  return (
    hasErrorShape(sample) &&
    hasCors(sample) &&
    parseObject(sample.body).limit === limit &&
    /^[1-9]\d*$/.test(String(sample.headers["retry-after"]))
  );
}
