/** HTML: a strict reader of tags, which takes nothing that browsers would have to guess. */
import { expect } from 'vitest'

import { readMarkup } from '../markup.ts'
import { CONTROL_CHARACTERS, textOf, type Validate } from './validator.ts'

/** One page in itself: every tag is closed, ids are unique, nothing is loaded, and nothing from outside runs. */
export const validateHtml: Validate = (output) => {
  const page = textOf(output)
  expect(page).not.toMatch(CONTROL_CHARACTERS)
  const { elements, faults } = readMarkup(page)
  expect(faults).toEqual([])
  const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  expect(elements.filter(({ name }) => name === 'script')).toHaveLength(1)
  expect(elements.filter(({ name }) => /^(?:link|iframe|object|embed|base|img|audio|video)$/.test(name))).toEqual([])
  const attributes = elements.flatMap((element) => [...element.attributes])
  expect(attributes.filter(([key]) => /^on|^style$|^src|^action$|^formaction$/i.test(key))).toEqual([])
  const links = attributes.filter(([key]) => key === 'href').map(([, value]) => value)
  expect(links.filter((link) => !/^(?:#|https:\/\/)/.test(link))).toEqual([])
}
