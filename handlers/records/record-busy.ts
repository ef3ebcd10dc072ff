import { ApiError } from "../http/errors";

/** What a client is told whom others are in the way of, time and again: 409 `RecordBusy`. */
export function recordBusy(): ApiError {
  return new ApiError(
    409,
    "RecordBusy",
    "Others change the record again and again: try again.",
    {},
    { "Retry-After": "1" },
  );
}
