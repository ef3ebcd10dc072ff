import { programsOf } from "../support/examples";

const problem = "tells nobody when it is spent";

const notification = {
  comparisonOperator: "GREATER_THAN",
  notificationType: "ACTUAL",
  threshold: 80,
  thresholdType: "PERCENTAGE",
};
const mail = { ...notification, subscriberEmailAddresses: ["costs@example.com"] };
const topic = {
  ...notification,
  subscriberSnsTopicArns: ["arn:aws:sns:us-east-1:123456789012:costs"],
};

export const programs = programsOf({
  type: "aws:budgets/budget:Budget",
  clean: {
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: "100",
    limitUnit: "USD",
    notifications: [mail],
  },
  alsoClean: [{ notifications: [topic] }, { notifications: [notification, mail] }],
  wrong: [
    [{ notifications: undefined }, problem],
    [{ notifications: [] }, problem],
    [{ notifications: [{ ...notification, subscriberEmailAddresses: [] }] }, problem],
  ],
});
