import { useCallback, useEffect, useReducer, useRef, useState } from "preact/hooks";
import { getJson, useEvents } from "../kit";
import type { RequestsAnswer } from "../../api/types";
import { noRequests, type RequestList, requestListReducer } from "./request-list";

/** The requests since the start, and what may be done with the list. */
export interface LiveRequests extends RequestList {
  /** Why there is no list. */
  readonly error: Error | undefined;
  readonly isLoaded: boolean;
  readonly reload: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly clear: () => void;
}

/** The list as it was left: what was cleared away or held back stays so while the page is open. */
let left: RequestList = noRequests;

/** The requests of the run, as they come. */
export function useRequests(): LiveRequests {
  const [list, happened] = useReducer(requestListReducer, left);
  left = list;
  const [error, setError] = useState<Error>();
  const [isLoaded, setLoaded] = useState(false);
  const cleared = useRef(list.clearedSeq);
  const reload = useCallback(() => {
    getJson<RequestsAnswer>(`/api/requests?after=${cleared.current}`).then(
      ({ requests }) => {
        happened({ type: "told", requests });
        setLoaded(true);
        setError(undefined);
      },
      (failure: unknown) => {
        setError(failure as Error);
      },
    );
  }, []);
  useEffect(reload, [reload]);
  useEvents(["request"], (_, { requests }) => {
    happened({ type: "told", requests });
  });
  useEvents(["connected"], reload);
  const tell = (type: "paused" | "resumed" | "cleared") => () => {
    happened({ type });
  };
  return {
    ...list,
    error,
    isLoaded,
    reload,
    pause: tell("paused"),
    resume: tell("resumed"),
    clear: tell("cleared"),
  };
}
