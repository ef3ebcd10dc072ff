import { tags, type TypeTable } from "./type-actions";

/** What deployments need for logs, alarms, schedules, events, keys and budgets. */
export const operationsActions: TypeTable = {
  "aws:budgets/budget:Budget": {
    write: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
    read: ["budgets:ViewBudget", "budgets:ListTagsForResource"],
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    write: ["cloudwatch:PutCompositeAlarm", "cloudwatch:DeleteAlarms", ...tags("cloudwatch").write],
    read: ["cloudwatch:DescribeAlarms", ...tags("cloudwatch").read],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    write: ["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
    read: ["cloudwatch:GetDashboard"],
  },
  "aws:cloudwatch/eventBus:EventBus": {
    write: [
      "events:CreateEventBus",
      "events:UpdateEventBus",
      "events:DeleteEventBus",
      ...tags("events").write,
    ],
    read: ["events:DescribeEventBus", ...tags("events").read],
  },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": {
    write: ["events:PutPermission", "events:RemovePermission"],
    read: ["events:DescribeEventBus"],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    write: [
      ...["events:PutRule", "events:DeleteRule", "events:EnableRule", "events:DisableRule"],
      ...tags("events").write,
    ],
    read: ["events:DescribeRule", ...tags("events").read],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    write: ["events:PutTargets", "events:RemoveTargets"],
    read: ["events:ListTargetsByRule"],
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    write: [
      "logs:CreateDelivery",
      "logs:DeleteDelivery",
      "logs:UpdateDeliveryConfiguration",
      ...tags("logs").write,
    ],
    read: ["logs:GetDelivery", ...tags("logs").read],
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    write: ["logs:PutDeliveryDestination", "logs:DeleteDeliveryDestination", ...tags("logs").write],
    read: ["logs:GetDeliveryDestination", ...tags("logs").read],
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    write: [
      ...["logs:PutDeliverySource", "logs:DeleteDeliverySource", ...tags("logs").write],
      // What a distribution's logs are delivered by.
      "cloudfront:AllowVendedLogDeliveryForResource",
    ],
    read: ["logs:GetDeliverySource", ...tags("logs").read],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    write: [
      ...["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
      ...["logs:DeleteRetentionPolicy", ...tags("logs").write],
    ],
    read: ["logs:DescribeLogGroups", ...tags("logs").read],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    write: ["logs:PutMetricFilter", "logs:DeleteMetricFilter"],
    read: ["logs:DescribeMetricFilters"],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    write: ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms", ...tags("cloudwatch").write],
    read: ["cloudwatch:DescribeAlarms", ...tags("cloudwatch").read],
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    write: ["logs:PutQueryDefinition", "logs:DeleteQueryDefinition"],
    read: ["logs:DescribeQueryDefinitions"],
  },
  "aws:kms/alias:Alias": {
    write: ["kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"],
    read: ["kms:ListAliases"],
  },
  "aws:kms/key:Key": {
    write: [
      ...["kms:CreateKey", "kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:DisableKeyRotation"],
      ...["kms:UpdateKeyDescription", "kms:EnableKey", "kms:DisableKey", "kms:ScheduleKeyDeletion"],
      ...["kms:TagResource", "kms:UntagResource"],
    ],
    read: [
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListResourceTags",
    ],
  },
};
