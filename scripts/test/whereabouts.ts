import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** How long a process may take to answer, in milliseconds. */
const answerMs = 10_000;

/** What a process that can be asked is started with: any port that is free, once it is asked. */
export const inspectable = "--inspect-port=0";

/** What is read of https://chromedevtools.github.io/devtools-protocol/v8/Debugger/ */
interface FromInspector {
  method?: string;
  params?: { callFrames?: { callFrameId: string }[] };
  result?: { result?: { value?: string } };
}

/**
 * Where a process is that does nothing else any more: the calls of its code, even in an endless loop or,
 * where it waits for the system, how the system has it.
 *
 * @param printed what it has written to its standard error.
 */
export async function whereIs(pid: number, printed: () => string): Promise<string> {
  // Opens the inspector: https://nodejs.org/docs/latest-v24.x/api/process.html#signal-events
  process.kill(pid, "SIGUSR1");
  const deadline = performance.now() + answerMs;
  while (performance.now() < deadline) {
    const url = /ws:\/\/127\.0\.0\.1:\S+/.exec(printed())?.[0];
    if (url !== undefined) {
      return (await pausedAt(url)) ?? stateOf(pid);
    }
    await setTimeout(50);
  }
  return stateOf(pid);
}

/** @returns its calls, or nothing when it does not pause. */
async function pausedAt(url: string): Promise<string | undefined> {
  const socket = new WebSocket(url);
  const send = (id: number, method: string, params = {}) => {
    socket.send(JSON.stringify({ id, method, params }));
  };
  const calls = new Promise<string>((resolve) => {
    socket.addEventListener("open", () => {
      send(1, "Debugger.enable");
      send(2, "Debugger.pause");
    });
    socket.addEventListener("message", ({ data }) => {
      const { method, params, result } = JSON.parse(String(data)) as FromInspector;
      const callFrameId = params?.callFrames?.[0]?.callFrameId;
      if (method === "Debugger.paused" && callFrameId !== undefined) {
        // Lines of sources are known inside alone. The first call is that of `eval`.
        send(3, "Debugger.evaluateOnCallFrame", { callFrameId, expression: "new Error().stack" });
      } else if (typeof result?.result?.value === "string") {
        resolve(result.result.value.split("\n").slice(2).join("\n"));
      }
    });
  });
  const controller = new AbortController();
  const late = setTimeout(answerMs, undefined, controller).catch(() => undefined);
  const told = await Promise.race([calls, late]);
  controller.abort();
  socket.close();
  return told;
}

function stateOf(pid: number): string {
  try {
    return /^State:.*$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[0] ?? "";
  } catch {
    // Not Linux, or it has ended meanwhile.
    return "";
  }
}
