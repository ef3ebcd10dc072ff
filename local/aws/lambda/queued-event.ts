/** An event that was accepted, as it is kept on disk. */
export interface QueuedEvent {
  requestId: string;
  functionName: string;
  /** JSON text. */
  payload: string;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
  /** How often the function was run for it. */
  attempts: number;
}
