import { isDeepStrictEqual } from "node:util";
import Ajv from "ajv";
import { eventSchemas } from "../../../handlers/events/event-schemas";
import type { DetailType } from "../../../handlers/events/stack-events";
import { type ExpectedEvent, expectedEvents, type Known } from "./expected-events";
import type { ConsumedEvent } from "./consumed-events";

/** What is wrong with events; one sentence for each thing. */
export interface EventFindings {
  /** What has happened and nobody was told. */
  untold: string[];
  /** What was told, and is not so. */
  misTold: string[];
}

const times = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;
const ajv = new Ajv({ formats: { "date-time": times, uuid: /^[0-9a-f-]{36}$/ } });

/** Compares events with what has happened. */
export function auditEvents(known: Known, events: readonly ConsumedEvent[]): EventFindings {
  const told = new Map<string, ConsumedEvent[]>();
  for (const event of events) {
    const what = `${event["detail-type"]} ${idOf(event)}`;
    told.set(what, [...(told.get(what) ?? []), event]);
  }
  const untold = new Set<string>();
  for (const expected of expectedEvents(known)) {
    const what = `${expected.detailType} ${expected.id}`;
    if (!told.get(what)?.some(({ detail }) => agrees(detail, expected))) {
      untold.add(told.has(what) ? `${what}, but with another detail` : what);
    }
  }
  const kept = new Set(known.images.map(({ item }) => item.imageId));
  for (const id of idsOf("ImageReady", events)) {
    const hasEnded = told.has(`ImageDeleted ${id}`) || told.has(`ImageRejected ${id}`);
    if (!kept.has(id) && !hasEnded) {
      untold.add(`end of image ${id}`);
    }
  }
  const firsts = new Map(events.toReversed().map((event) => [event.detail.eventId, event]));
  const misTold = events.flatMap((event) => problemsOf(event, firsts.get(event.detail.eventId)));
  return { untold: [...untold], misTold };
}

/** Whether a detail says what it has to. */
function agrees(detail: ConsumedEvent["detail"], expected: ExpectedEvent): boolean {
  return Object.entries(expected.detail).every(([name, value]) =>
    isDeepStrictEqual(detail[name], value),
  );
}

/** @param first the one that came first with the same id, which has to be the same. */
function problemsOf(event: ConsumedEvent, first: ConsumedEvent | undefined): string[] {
  const { detail, resources, source } = event;
  const what = `${event["detail-type"]} ${idOf(event)}`;
  return [
    ...(ajv.validate(schemaOf(event), detail) ? [] : [`${what}: ${ajv.errorsText()}`]),
    ...(source === "darkroom" && resources.length === 1 ? [] : [`${what}: of ${source}`]),
    ...(isDeepStrictEqual(first?.detail, detail) ? [] : [`${what}: another with the same id`]),
  ];
}

/** None of an unknown type is right. */
function schemaOf(event: ConsumedEvent): object | boolean {
  const schemas: Readonly<Record<string, object>> = eventSchemas;
  return schemas[event["detail-type"]] ?? false;
}

function idsOf(detailType: DetailType, events: readonly ConsumedEvent[]): Set<string> {
  const some = events.filter((event) => event["detail-type"] === detailType);
  return new Set(some.map(idOf));
}

/** Of the image, the upload or the result that an event is about. */
function idOf({ detail }: ConsumedEvent): string {
  return String(detail.imageId ?? detail.resultId);
}

/** How many events came, apart from those that came again. */
export function distinct(events: readonly ConsumedEvent[]): number {
  return new Set(events.map(({ detail }) => detail.eventId)).size;
}
