/** What the user may do, as the server says. */
import { expect, onTestFinished, test } from 'vitest'

import type { ValueMap } from '@kubescape/resources'

import { startApi, statusReply, type Asked, type Reply } from '../testing/fake-api.ts'
import { targetOf } from '../testing/targets.ts'
import { accessReview, type AccessAnswer, type AccessQuestion } from './access-review.ts'
import { connect } from './connect.ts'

interface Result {
  readonly answers: AccessAnswer[]
  readonly asked: ValueMap[]
}

/** Asks a server that allows what `allows` says. */
async function ask(
  questions: readonly AccessQuestion[],
  allows: (attributes: ValueMap) => boolean | Reply,
): Promise<Result> {
  const attributesOf = ({ body }: Asked): ValueMap =>
    (JSON.parse(body) as { spec: { resourceAttributes: ValueMap } }).spec.resourceAttributes
  const api = await startApi((asked) => {
    const allowed = allows(attributesOf(asked))
    return typeof allowed === 'boolean'
      ? { status: 201, body: { status: { allowed, reason: allowed ? 'fine' : '' } } }
      : allowed
  })
  const client = connect(targetOf(api.url), { env: {} })
  onTestFinished(() => {
    client.close()
    return api.close()
  })
  const answers = await accessReview(client, questions)
  return { answers, asked: api.asked.map(attributesOf) }
}

const list = (...resources: string[]): AccessQuestion[] =>
  resources.map((resource) => ({ verb: 'list', group: '', resource }))

test('each question has its answer, in order', async () => {
  const questions: AccessQuestion[] = [
    { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' },
    { verb: 'get', group: '', resource: 'pods/log' },
  ]
  const { answers, asked } = await ask(questions, ({ verb }) => verb === 'get')
  expect(answers).toEqual([
    { question: questions[0], isAllowed: false, reason: '' },
    { question: questions[1], isAllowed: true, reason: 'fine' },
  ])
  expect(asked).toEqual(
    expect.arrayContaining([
      { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' },
      { verb: 'get', group: '', resource: 'pods', subresource: 'log' },
    ]),
  )
})

test('one object may be asked about, by its name', async () => {
  const maps = ['a', 'b', 'c'].map((name) => ({ verb: 'list', group: '', resource: 'configmaps', name }))
  const { answers, asked } = await ask(maps, ({ name }) => name === 'a')
  expect(answers.map(({ isAllowed }) => isAllowed)).toEqual([true, false, false])
  expect(asked).toContainEqual({ verb: 'list', group: '*', resource: '*' })
})

test('who may list everything is asked once', async () => {
  const { answers, asked } = await ask(list('pods', 'secrets', 'nodes', 'services'), () => true)
  expect(answers.map(({ isAllowed }) => isAllowed)).toEqual([true, true, true, true])
  expect(asked).toEqual([{ verb: 'list', group: '*', resource: '*' }])
})

test('who may not list everything is asked about each', async () => {
  const { answers, asked } = await ask(list('pods', 'secrets', 'nodes'), ({ resource }) => resource === 'pods')
  expect(answers.map(({ isAllowed }) => isAllowed)).toEqual([true, false, false])
  expect(asked).toHaveLength(4)
})

test('a server that does not say leaves it open', async () => {
  const { answers } = await ask(list('pods'), () => statusReply(403, 'Forbidden', 'no reviews for you'))
  expect(answers).toMatchObject([{ isAllowed: undefined, reason: 'no reviews for you' }])
})

test('a user who is not known is told so', async () => {
  await expect(ask(list('pods'), () => statusReply(401, 'Unauthorized', 'who?'))).rejects.toThrow('who?')
})

test('no questions are no requests', async () => {
  expect(await ask([], () => true)).toEqual({ answers: [], asked: [] })
})
