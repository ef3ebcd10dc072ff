import { atRest, draftsAtRest } from "../scripts/costs/at-rest";
import { hostedServices } from "../scripts/costs/hosted-services";
import { costOfMonth, draftsCostOfMonth, months } from "../scripts/costs/months";
import { making, million, priced, sumOf, together } from "../scripts/costs/usage";
import type { Measurement } from "./support/section";

/** Dollars of a month in which nobody asks anything. */
const mostAtRest = 3;

/** Of what the drafts would cost. */
const mostBesideDrafts = 0.5;

const drafts = "the drafts";
const dollars = { unit: "$", digits: 2 };

/** Adds up what a stack costs. */
export function measure(): Measurement[] {
  return [...resting(), ...asked(), ...besideHosted(), ...wholeMonths()];
}

function resting(): Measurement[] {
  return [
    {
      what: "at rest, with the defaults",
      how: "a month",
      ...dollars,
      ours: [sumOf(atRest)],
      target: { atMost: mostAtRest },
    },
    { what: "the drafts, at rest", how: "a month", ...dollars, ours: [sumOf(draftsAtRest)] },
  ];
}

function asked(): Measurement[] {
  const [ours, theirs] = together();
  const sum: Measurement = {
    what: "a million of each of these, together",
    how: "",
    ...dollars,
    ours: [ours],
    other: { name: drafts, values: [theirs] },
    target: { atMost: mostBesideDrafts },
  };
  return [...apart(), sum];
}

function apart(): Measurement[] {
  return Object.values(priced).map(({ what, ours, drafts: theirs }) => ({
    what,
    how: "a million",
    ...dollars,
    ours: [sumOf(ours)],
    ...(theirs && { other: { name: drafts, values: [sumOf(theirs)] } }),
  }));
}

function besideHosted(): Measurement[] {
  return hostedServices
    .filter(({ dollarsPerMade }) => dollarsPerMade > 0)
    .map(({ name, dollarsPerMade }) => ({
      what: "renditions, made and kept",
      how: "a million",
      ...dollars,
      ours: [sumOf(making)],
      other: { name, values: [dollarsPerMade * million] },
      target: { atMost: mostBesideDrafts },
    }));
}

/** A million of what months are made of, in the shares that these have. */
function wholeMonths(): Measurement[] {
  return months.map((month) => ({
    what: `the ${month.name} month of README.md`,
    how: "a month",
    ...dollars,
    ours: [costOfMonth(month)],
    other: { name: drafts, values: [draftsCostOfMonth(month)] },
    target: { atMost: mostBesideDrafts },
  }));
}
