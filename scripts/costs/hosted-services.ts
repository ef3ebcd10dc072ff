/** What a hosted service charges, by its list prices. */
export interface HostedService {
  name: string;
  /** For one rendition more, made for the first time in a month; 0 where only bytes are billed. */
  dollarsPerMade: number;
  /** For a GB that viewers get; `undefined` where it is bought with a plan, or is not billed. */
  dollarsPerGb?: number;
  /** How the two come out of the list prices. */
  how: string;
  sources: readonly string[];
  /** When the list said so: the copy of it that was read. */
  asOf: string;
}

const cloudinaryCredit = 249 / 600;
const imgixCredit = 0.12;

/** The cheapest plan of each whose list price was found. */
export const hostedServices: readonly HostedService[] = [
  {
    name: "Cloudflare Images",
    dollarsPerMade: 0.5 / 1000,
    how: "$0.50 for 1,000 unique transformations of 30 days; bytes are not billed",
    sources: ["https://developers.cloudflare.com/images/pricing/"],
    asOf: "undated",
  },
  {
    name: "Uploadcare",
    dollarsPerMade: 0.45 / 1000,
    how: "$0.45 for 1,000 operations beyond the plan Business, one for each URL of a month, two if AVIF; bytes apart",
    sources: ["https://uploadcare.com/pricing/", "https://uploadcare.com/docs/billing/"],
    asOf: "2026",
  },
  {
    name: "Cloudinary",
    dollarsPerMade: cloudinaryCredit / 1000,
    dollarsPerGb: cloudinaryCredit,
    how: "plan Advanced, $249 for 600 credits a month, each 1,000 transformations or 1 GB",
    sources: [
      "https://cloudinary.com/pricing",
      "https://cloudinary.com/documentation/developer_onboarding_faq",
    ],
    asOf: "May 2026",
  },
  {
    name: "imgix",
    dollarsPerMade: imgixCredit / 500,
    dollarsPerGb: imgixCredit,
    how: "$0.12 for a credit beyond the plan Growth Plus, each 500 renders or 1 GB",
    sources: [
      "https://imgix.com/pricing",
      "https://www.imgix.com/faq-categories/credit-usage-value",
    ],
    asOf: "May 2026",
  },
  {
    name: "ImageKit",
    dollarsPerMade: 0,
    dollarsPerGb: 0.45,
    how: "$0.45 for a GB beyond the plan Pro; transformations are not billed",
    sources: ["https://imagekit.io/plans/", "https://imagekit.io/docs/how-pricing-works"],
    asOf: "2026",
  },
];
