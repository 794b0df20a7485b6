/** Asks the server what the user may do, before it is tried. */
import { asMap, asText, field } from '@kubescape/resources'

import type { KubeClient } from './client.ts'
import { ApiError } from './errors.ts'

/** Something to do with a type. */
export interface AccessQuestion {
  readonly verb: string
  /** Empty for the core group. */
  readonly group: string
  /** The name in paths: `pods`, `pods/log`. */
  readonly resource: string
  /** The only object that it is about; left out for all of them. */
  readonly name?: string
  /** Left out: in all namespaces, or for types without one. */
  readonly namespace?: string
}

/** The server's answer. */
export interface AccessAnswer {
  readonly question: AccessQuestion
  /** Undefined where the server did not say. */
  readonly isAllowed: boolean | undefined
  /** Why, in the server's words; may be empty. */
  readonly reason: string
}

const PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

/** Questions with the same verb and namespace that are worth asking at once. */
const WORTH_ONE_QUESTION = 3

/**
 * One answer per question, in their order. Who may do something with everything is asked once. Rules reviews would be fewer
 * requests, but do not tell a rule of a namespace from one for all, and leave out what webhooks decide. Throws only when there is
 * no connection.
 */
export async function accessReview(
  client: KubeClient,
  questions: readonly AccessQuestion[],
  signal?: AbortSignal,
): Promise<AccessAnswer[]> {
  const alike = Map.groupBy(questions, ({ verb, namespace = '' }) => `${verb} ${namespace}`)
  const answers = new Map<AccessQuestion, AccessAnswer>()
  await Promise.all(
    [...alike.values()].map(async (group) => {
      for (const answer of await askAlike(client, group, signal)) answers.set(answer.question, answer)
    }),
  )
  return questions.flatMap((question) => answers.get(question) ?? [])
}

async function askAlike(
  client: KubeClient,
  questions: readonly AccessQuestion[],
  signal: AbortSignal | undefined,
): Promise<AccessAnswer[]> {
  const [first] = questions
  if (first !== undefined && questions.length >= WORTH_ONE_QUESTION) {
    const { name: _name, ...alike } = first
    const everything = await ask(client, { ...alike, group: '*', resource: '*' }, signal)
    if (everything.isAllowed === true) return questions.map((question) => ({ ...everything, question }))
  }
  return Promise.all(questions.map((question) => ask(client, question, signal)))
}

async function ask(
  client: KubeClient,
  question: AccessQuestion,
  signal: AbortSignal | undefined,
): Promise<AccessAnswer> {
  const { verb, group, name, namespace } = question
  const [resource = '', subresource] = question.resource.split('/')
  const resourceAttributes = {
    verb,
    group,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
  }
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  }
  try {
    const status = asMap(field(await client.request('POST', PATH, review, { signal }), 'status'))
    const allowed = status?.['allowed']
    const reason = asText(status?.['reason']) || asText(status?.['evaluationError']) || ''
    return { question, isAllowed: typeof allowed === 'boolean' ? allowed : undefined, reason }
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 401) throw error
    return { question, isAllowed: undefined, reason: error.message }
  }
}
