import { tags, type TypeActions, type TypeTable } from "./type-actions";

/** API Gateway's actions are the methods of HTTP; its resources are paths. */
const gateway: TypeActions = {
  write: ["apigateway:POST", "apigateway:PUT", "apigateway:PATCH", "apigateway:DELETE"],
  read: ["apigateway:GET"],
};

/** What deployments need for the API, functions, topics and queues. */
export const computeActions: TypeTable = {
  "aws:apigateway/account:Account": gateway,
  "aws:apigateway/apiKey:ApiKey": gateway,
  "aws:apigateway/basePathMapping:BasePathMapping": gateway,
  "aws:apigateway/deployment:Deployment": gateway,
  "aws:apigateway/domainName:DomainName": gateway,
  "aws:apigateway/methodSettings:MethodSettings": gateway,
  "aws:apigateway/restApi:RestApi": gateway,
  "aws:apigateway/stage:Stage": gateway,
  "aws:apigateway/usagePlan:UsagePlan": gateway,
  "aws:apigateway/usagePlanKey:UsagePlanKey": gateway,
  "aws:codedeploy/application:Application": {
    write: [
      "codedeploy:CreateApplication",
      "codedeploy:UpdateApplication",
      "codedeploy:DeleteApplication",
      ...tags("codedeploy").write,
    ],
    read: ["codedeploy:GetApplication", ...tags("codedeploy").read],
  },
  "aws:codedeploy/deploymentGroup:DeploymentGroup": {
    write: [
      "codedeploy:CreateDeploymentGroup",
      "codedeploy:UpdateDeploymentGroup",
      "codedeploy:DeleteDeploymentGroup",
      ...tags("codedeploy").write,
      // What npm run release does with it. CodeDeploy keeps what it is told to do as a revision of the application.
      ...["codedeploy:BatchGetDeployments", "codedeploy:CreateDeployment"],
      ...["codedeploy:GetApplicationRevision", "codedeploy:GetDeployment"],
      ...["codedeploy:GetDeploymentConfig", "codedeploy:ListDeployments"],
      ...["codedeploy:RegisterApplicationRevision", "codedeploy:StopDeployment"],
    ],
    read: ["codedeploy:GetDeploymentGroup", ...tags("codedeploy").read],
  },
  "aws:lambda/alias:Alias": {
    write: ["lambda:CreateAlias", "lambda:UpdateAlias", "lambda:DeleteAlias"],
    read: ["lambda:GetAlias"],
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    write: [
      ...["lambda:CreateEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      ...["lambda:DeleteEventSourceMapping", "lambda:TagResource", "lambda:UntagResource"],
    ],
    read: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
  },
  "aws:lambda/function:Function": {
    write: [
      ...["lambda:CreateFunction", "lambda:DeleteFunction", "lambda:UpdateFunctionCode"],
      ...["lambda:UpdateFunctionConfiguration", "lambda:PublishVersion"],
      ...["lambda:PutFunctionConcurrency", "lambda:DeleteFunctionConcurrency"],
      ...["lambda:TagResource", "lambda:UntagResource"],
    ],
    read: [
      ...["lambda:GetFunction", "lambda:GetFunctionConfiguration", "lambda:GetFunctionConcurrency"],
      ...[
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:ListVersionsByFunction",
        "lambda:ListTags",
      ],
    ],
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    write: ["lambda:PutFunctionEventInvokeConfig", "lambda:DeleteFunctionEventInvokeConfig"],
    read: ["lambda:GetFunctionEventInvokeConfig"],
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    write: [
      "lambda:CreateFunctionUrlConfig",
      "lambda:UpdateFunctionUrlConfig",
      "lambda:DeleteFunctionUrlConfig",
    ],
    read: ["lambda:GetFunctionUrlConfig"],
  },
  "aws:lambda/permission:Permission": {
    write: ["lambda:AddPermission", "lambda:RemovePermission"],
    read: ["lambda:GetPolicy"],
  },
  "aws:sns/topic:Topic": {
    write: ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", ...tags("sns").write],
    read: ["sns:GetTopicAttributes", ...tags("sns").read],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    write: ["sns:SetTopicAttributes"],
    read: ["sns:GetTopicAttributes"],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    write: ["sns:Subscribe", "sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
    read: ["sns:GetSubscriptionAttributes"],
  },
  "aws:sqs/queue:Queue": {
    write: [
      "sqs:CreateQueue",
      "sqs:DeleteQueue",
      "sqs:SetQueueAttributes",
      "sqs:TagQueue",
      "sqs:UntagQueue",
    ],
    read: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    write: ["sqs:SetQueueAttributes"],
    read: ["sqs:GetQueueAttributes"],
  },
};
