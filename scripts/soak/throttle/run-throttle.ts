import type { Stack } from "../../../tests/e2e/support/stack";
import type { ProofReport } from "../report";
import {
  isExpected,
  type Limit,
  type Part,
  runPart,
  scheduleAtLimit,
  scheduleBeyond,
  type Stream,
} from "./part";
import { useUp } from "./quota";

export interface ThrottleOptions {
  /** Length of each part; there are two for each limit. */
  seconds: number;
  /** Of POST /process, and of any other route. */
  limits: { process: Limit; api: Limit };
  /** Requests that the key may make in all, at least `quotaFor` of them. */
  quota: number;
  /** How many times as long accepted requests may take under the overload: median and 95th percentile. */
  mostSlowdown: number;
}

/** How many times the limit is sent beyond it. */
const overload = 5;

/** How often each route is called first, so that its function has started. */
const warmUps = 8;

/** More than the parts use up, so that what is left can be counted. */
export function quotaFor({ seconds, limits }: Pick<ThrottleOptions, "seconds" | "limits">): number {
  const used = Object.values(limits).map(
    ({ rate, burst }) => warmUps + 2 * (burst + rate * seconds),
  );
  return Math.ceil(1.02 * used.reduce((sum, count) => sum + count)) + 20;
}

/** Sends as much as the throttles of a stack let in, then five times that, then what the quota leaves. */
export async function runThrottle(
  stack: Stack,
  options: ThrottleOptions,
  progress: (line: string) => void,
): Promise<ProofReport> {
  const { quota } = options;
  const [process, api] = streamsOf(stack, options.limits);
  const ofProcess = await runStream(process, options, progress);
  const ofApi = await runStream(api, options, progress);
  progress("using up the quota");
  const left = (await useUp(api)) + (await useUp(process));
  const accepted = ofProcess.accepted + ofApi.accepted + left;
  return {
    name: "throttle",
    figures: {
      ...ofProcess.figures,
      ...ofApi.figures,
      "Quota of the day": quota,
      "Requests accepted until it was used up": accepted,
    },
    failures: [
      ...ofProcess.failures,
      ...ofApi.failures,
      ...(accepted === quota ? [] : [`a quota of ${quota} has let ${accepted} requests in`]),
    ],
  };
}

/** Puts one route under both loads. */
async function runStream(
  stream: Stream,
  { seconds, mostSlowdown }: ThrottleOptions,
  progress: (line: string) => void,
): Promise<Pick<ProofReport, "figures" | "failures"> & { accepted: number }> {
  const { name, limit } = stream;
  const beyond = `at ${overload} times the limit`;
  const loads = {
    "at the limit": scheduleAtLimit(limit, seconds),
    [beyond]: scheduleBeyond(limit, overload, seconds),
  };
  const figures: Record<string, number | string> = {};
  const failures: string[] = [];
  const latencies: Part["latency"][] = [];
  let { accepted } = await runPart(stream, Array<number>(warmUps).fill(0));
  for (const [load, schedule] of Object.entries(loads)) {
    progress(`${name} ${load} for ${seconds} s`);
    const part = await runPart(stream, schedule);
    accepted += part.accepted;
    latencies.push(part.latency);
    figures[`${name} ${load}: sent`] = part.sent;
    figures[`${name} ${load}: accepted, expected`] = `${part.accepted}, ${describe(part)}`;
    failures.push(...problemsOf(part).map((problem) => `${name} ${load}: ${problem}`));
  }
  const slower = slowdownOf(latencies);
  figures[`${name}: median and p95 latency ${beyond}`] =
    `× ${slower.median.toFixed(2)}, × ${slower.p95.toFixed(2)}`;
  if (slower.median > mostSlowdown || slower.p95 > mostSlowdown) {
    failures.push(
      `${name}: accepted requests take more than ${mostSlowdown} times as long ${beyond}`,
    );
  }
  return { accepted, figures, failures };
}

function streamsOf(
  { outputs: { apiUrl, apiKey } }: Stack,
  limits: ThrottleOptions["limits"],
): [process: Stream, api: Stream] {
  const headers = { "x-api-key": apiKey };
  return [
    {
      name: "POST /process",
      limit: limits.process,
      status: 200,
      shot: {
        url: `${apiUrl}/process`,
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ id: "soak" }),
      },
    },
    {
      name: "GET /uploads/{id}",
      limit: limits.api,
      // The function finds nothing, and asks nothing else of the machine.
      status: 404,
      shot: { url: `${apiUrl}/uploads/none`, method: "GET", headers },
    },
  ];
}

function describe({ expected: { least, most } }: Part): string {
  return least === most ? String(least) : `${least} to ${most}`;
}

function problemsOf(part: Part): string[] {
  return isExpected(part)
    ? part.problems
    : [...part.problems, `${part.accepted} were accepted instead of ${describe(part)}`];
}

/** How many times as long requests took under the second load. */
function slowdownOf([first, second]: readonly Part["latency"][]): Part["latency"] {
  const ratio = (of: keyof Part["latency"]) => (second?.[of] ?? 0) / (first?.[of] ?? 0);
  return { median: ratio("median"), p95: ratio("p95") };
}
