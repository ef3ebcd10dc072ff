import { z } from "zod";
import type { Structure } from "../api/output";
import type { RestCall } from "../api/rest-api";
import { notEmulated } from "../not-emulated";
import { badRequest } from "./errors";
import { dayOf, periodStart, type QuotaSettings } from "./quota";
import { pageOfQuery, planNamed, view, type View, type ViewContext } from "./view";

const dayMs = 86_400_000;

/** Most days that are asked for at once. https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsage.html */
const maxDays = 366;

/** What shows what keys have used of their quotas, day by day. */
export const usageViews: Readonly<Record<string, View>> = {
  "GET /usageplans/{plan}/usage": view("GetUsage", usageOf),
};

/** Where a plan has no quota, nothing is counted here. */
function usageOf({ path, query }: RestCall, context: ViewContext): Structure {
  const plan = planNamed(context, path);
  const { quotaSettings } = plan;
  if (!quotaSettings) {
    throw notEmulated("GetUsage of API Gateway for plans without a quota");
  }
  const [startDate, endDate] = [dateIn(query, "startDate"), dateIn(query, "endDate")];
  const days = daysFrom(startDate, endDate);
  const keyId = query.get("keyId");
  const keys = [...plan.keys].filter((id) => keyId === null || id === keyId);
  const { items, nextToken } = pageOfQuery(query, () => keys);
  const values = items.map((id): [string, Structure[string]] => [
    id,
    logOf(context.usage.daysOf(`${plan.id}/${id}`), days, quotaSettings),
  ]);
  return {
    usagePlanId: plan.id,
    startDate,
    endDate,
    values: new Map(values),
    position: nextToken,
  };
}

/** What was used on each day, and what was left of the quota at its end. */
function logOf(
  used: ReadonlyMap<string, number>,
  days: readonly Date[],
  quota: QuotaSettings,
): number[][] {
  return days.map((date) => {
    const [day, first] = [dayOf(date), periodStart(quota, date)];
    const inPeriod = [...used].filter(([each]) => each >= first && each <= day);
    const total = inPeriod.reduce((sum, [, count]) => sum + count, 0);
    return [used.get(day) ?? 0, Math.max(0, quota.limit - total)];
  });
}

function dateIn(query: URLSearchParams, name: string): string {
  const parsed = z.iso.date().safeParse(query.get(name));
  if (!parsed.success) {
    throw badRequest(`Invalid ${name} parameter specified, must be as YYYY-MM-DD`);
  }
  return parsed.data;
}

function daysFrom(startDate: string, endDate: string): Date[] {
  const start = new Date(startDate).getTime();
  const count = (new Date(endDate).getTime() - start) / dayMs + 1;
  if (count < 1 || count > maxDays) {
    throw badRequest("Usage Plan start date must be on or before its end date, by a year at most");
  }
  return Array.from({ length: count }, (_, index) => new Date(start + index * dayMs));
}
