import type { ApiProblem, Context, PageEvents, Revealed } from "../../api/types";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { isSecret } from "./secret-mark";
import { useEvents } from "./events";

/** Why the page's API did not do what it was asked to; `message` is for people. */
export class PageApiError extends Error {
  override readonly name = "PageApiError";
  /** Of HTTP; 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks the page's API.
 *
 * @param path as `/api/stack`.
 * @throws PageApiError
 */
export async function getJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return await request<Answer>(path, { signal: signal ?? null });
}

/**
 * Has the page's API do something.
 *
 * @throws PageApiError
 */
export async function postJson<Answer>(path: string, body: object = {}): Promise<Answer> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="page-token"]')?.content ?? "";
  return await request<Answer>(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-page-token": token },
    body: JSON.stringify(body),
  });
}

async function request<Answer>(path: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) {
      throw error;
    }
    throw new PageApiError(0, "The run does not answer. It may have been stopped.");
  }
  const answer: unknown = await response.json();
  if (!response.ok) {
    throw new PageApiError(response.status, (answer as ApiProblem).error);
  }
  return answer as Answer;
}

/** An answer of the page's API, as a view has it. */
export interface Loaded<Answer> {
  /** The last answer; `undefined` until there is one. Kept while the next one is awaited. */
  data: Answer | undefined;
  /** Why there is no newer answer. */
  error: Error | undefined;
  loading: boolean;
  /** Asks again. */
  reload: () => void;
}

/**
 * Asks the page's API when the view is shown, when `path` changes, when one of the events `on`
 * happens, and when the page begins to hear of the run, or finds it again.
 *
 * @param path as `/api/stack`; `undefined` asks for nothing.
 */
export function useApi<Answer>(
  path: string | undefined,
  { on = [] }: { on?: readonly (keyof PageEvents)[] } = {},
): Loaded<Answer> {
  const [state, setState] = useState<{
    path?: string;
    data?: Answer;
    error?: Error;
    loading: boolean;
  }>({
    loading: path !== undefined,
  });
  const current = useRef<AbortController | undefined>(undefined);
  const load = useCallback(() => {
    current.current?.abort();
    if (path === undefined) {
      return;
    }
    const controller = new AbortController();
    current.current = controller;
    setState((last) => ({ ...(last.path === path ? last : {}), path, loading: true }));
    getJson<Answer>(path, controller.signal).then(
      (data) => {
        if (!controller.signal.aborted) {
          setState({ path, data, loading: false });
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) {
          setState((last) => ({ ...last, error: error as Error, loading: false }));
        }
      },
    );
  }, [path]);
  useEffect(() => {
    load();
    return () => {
      current.current?.abort();
    };
  }, [load]);
  useEvents(["connected", ...on], load);
  const isOfPath = state.path === path;
  return {
    data: isOfPath ? state.data : undefined,
    error: isOfPath ? state.error : undefined,
    loading: isOfPath ? state.loading : path !== undefined,
    reload: load,
  };
}

/** What every view may need to know of the run: project, stack, outputs, addresses. */
export function useContext(): Loaded<Context> {
  return useApi<Context>("/api/context", { on: ["stack"] });
}

/**
 * The value of a stack output, also of a secret one: for views that need it to work, such as the key
 * of the stack's API. To show a secret, leave it to the component `Secret`.
 *
 * @returns undefined if there is no such output.
 */
export async function readOutput({ outputs }: Context, name: string): Promise<unknown> {
  const value = outputs[name];
  return isSecret(value) ? await reveal("/api/outputs/reveal", { path: [name] }) : value;
}

/** Asks for a secret. */
export async function reveal(path: string, body: object): Promise<unknown> {
  return (await postJson<Revealed>(path, body)).value;
}
