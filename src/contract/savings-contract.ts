import { oc } from '@orpc/contract';
import { errors } from './errors.ts';
import { Nothing } from './schemas/kubernetes/paging.ts';
import {
  ApplyInput,
  HistoryInput,
  IgnoreInput,
  IgnoreManyInput,
  RecommendationDetail,
  RecommendationIdInput,
  RecommendationItem,
  RecommendationList,
  RecommendationListInput,
  RecommendationsInput,
  SavingsInput,
  SavingsReport,
  ThresholdSettings,
  ThresholdSettingsInput,
  TopInput,
} from './schemas/recommendations.ts';
import { ScoreAnswer, ScoreInput } from './schemas/score.ts';
import { ApiTokenIdInput, ApiTokenInput, ApiTokens, NewApiToken } from './schemas/tokens.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const tagged =
  (tag: string) =>
  (method: Method, path: `/${string}`, summary: string, successStatus = 200) =>
    oc.errors(errors).route({ method, path, tags: [tag], summary, successStatus });
const route = tagged('recommendations');

/** What to change, what it would save, and what it saved. */
export const recommendationsContract = {
  list: route('GET', '/recommendations', 'What could be saved now')
    .input(RecommendationsInput)
    .output(RecommendationList),
  active: route('GET', '/recommendations/active', 'Open recommendations')
    .input(RecommendationListInput)
    .output(RecommendationList),
  ignored: route('GET', '/recommendations/ignored', 'Ignored ones')
    .input(RecommendationListInput)
    .output(RecommendationList),
  applied: route('GET', '/recommendations/applied', 'Applied, verified and regressed ones')
    .input(RecommendationListInput)
    .output(RecommendationList),
  history: route('GET', '/recommendations/history', 'All of a range, whatever became of them')
    .input(HistoryInput)
    .output(RecommendationList),
  top: route('GET', '/recommendations/top', 'Those that save most').input(TopInput).output(RecommendationList),
  savings: route('GET', '/recommendations/savings', 'Promised and measured savings of a range')
    .input(SavingsInput)
    .output(SavingsReport),
  detail: route('GET', '/recommendations/{id}', 'One, with its evidence and its change')
    .input(RecommendationIdInput)
    .output(RecommendationDetail),
  apply: route('PATCH', '/recommendations/{id}/apply', 'Say that it was applied')
    .input(ApplyInput)
    .output(RecommendationItem),
  ignore: route('PATCH', '/recommendations/{id}/ignore', 'Ignore it').input(IgnoreInput).output(RecommendationItem),
  unignore: route('DELETE', '/recommendations/{id}/ignore', 'Ignore it no more')
    .input(RecommendationIdInput)
    .output(RecommendationItem),
  ignoreMany: oc.errors(errors).input(IgnoreManyInput).output(RecommendationList),
  thresholds: oc.errors(errors).output(ThresholdSettings),
  updateThresholds: oc.errors(errors).input(ThresholdSettingsInput).output(ThresholdSettings),
};

export const scoreContract = {
  get: tagged('score')('GET', '/score', 'Sustainability score and its dimensions')
    .input(ScoreInput)
    .output(ScoreAnswer),
};

/** Tokens for programs. Only with a token of the printed address, a browser session or `write`. */
export const tokensContract = {
  list: tagged('system')('GET', '/tokens', 'API tokens, without their secrets').output(ApiTokens),
  create: tagged('system')('POST', '/tokens', 'Make an API token; its secret is answered once', 201)
    .input(ApiTokenInput)
    .output(NewApiToken),
  revoke: tagged('system')('DELETE', '/tokens/{id}', 'Revoke an API token', 204).input(ApiTokenIdInput).output(Nothing),
};
