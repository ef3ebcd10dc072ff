import { auditEvents, distinct, type EventFindings } from "./audit-events";
import type { Known } from "./expected-events";
import type { Subscription } from "./subscription";

/** How long nothing may come while something is awaited, in milliseconds: longer than a batch waits for its next try. */
const patienceMs = 30_000;

/** What came of events. */
export interface EventsReport {
  findings: EventFindings;
  figures: Readonly<Record<string, number>>;
}

/** What is done about what was given up. */
export interface AwaitOptions {
  /** How many events had come before anything was redriven. */
  before: number;
  /** How many batches of changes were redriven then. */
  batches: number;
  /** Publishes what lies in the failure queue by now. @returns how many batches of changes that were. */
  redrive: () => Promise<number>;
  progress: (line: string) => void;
}

/** Receives until everything was told that has happened, or nothing comes any more. */
export async function awaitEvents(
  subscription: Subscription,
  known: Known,
  { before, batches, redrive, progress }: AwaitOptions,
): Promise<EventsReport> {
  let lastAt = performance.now();
  let redriven = batches;
  let findings: EventFindings;
  do {
    const received = await subscription.receive();
    redriven += await redrive();
    lastAt = received > 0 ? performance.now() : lastAt;
    findings = auditEvents(known, subscription.events);
    progress(`${subscription.events.length} events, ${findings.untold.length} awaited`);
  } while (findings.untold.length > 0 && performance.now() - lastAt < patienceMs);
  const { events } = subscription;
  return {
    findings,
    figures: {
      "events delivered": distinct(events),
      "  of which after a redrive": distinct(events) - before,
      "events delivered again": events.length - distinct(events),
      "batches of changes redriven": redriven,
      "events missed": findings.untold.length,
      "events told wrongly": findings.misTold.length,
    },
  };
}
