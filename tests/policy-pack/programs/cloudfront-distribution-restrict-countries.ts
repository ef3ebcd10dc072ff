import { programsOf } from "../support/examples";
import { distribution } from "../support/well-built";

const type = "aws:cloudfront/distribution:Distribution";
const restricted = (restrictionType: string, ...locations: string[]) => ({
  restrictions: { geoRestriction: { restrictionType, locations } },
});

export const programs = [
  ...programsOf({
    type,
    clean: { ...distribution, ...restricted("whitelist", "DE", "AT") },
    alsoClean: [restricted("whitelist", "DE")],
    wrong: [
      [restricted("whitelist", "DE", "FR"), "serves FR, where only DE, AT is allowed"],
      [restricted("blacklist", "KP"), "serves more countries than DE, AT"],
      [restricted("none"), "serves more countries than DE, AT"],
    ],
    settings: { allowed: ["DE", "AT"] },
    asks: {
      restrictions:
        "restrictions.geoRestriction.restrictionType, restrictions.geoRestriction.locations",
    },
  }),
];
