/** HTML: a strict reader of tags, which takes nothing that browsers would have to guess. */
import { expect } from 'vitest'

import { CONTROL_CHARACTERS, textOf, type Validate } from './validator.ts'

const VOID = /^(?:meta|br|hr|img|input|link|col|wbr)$/
const RAW = /^(?:script|style)$/
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*(\/?)>/y
const COMMENT = /<!-- (?:[\w.]|-(?!-))+ -->/y
const ATTRIBUTE = /([a-zA-Z-]+)(?:="([^"]*)")?/g

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** The tags of a page in their order; throws where they do not nest, or a `<` is no tag. */
export function readHtml(text: string): Tag[] {
  const tags: Tag[] = []
  const open: string[] = []
  let at = text.startsWith('<!doctype html>') ? 15 : fail('no doctype')
  for (at = text.indexOf('<', at); at >= 0; at = text.indexOf('<', at)) {
    COMMENT.lastIndex = at
    const comment = COMMENT.exec(text)
    if (comment !== null) {
      at += comment[0].length
      continue
    }
    TAG.lastIndex = at
    const match = TAG.exec(text) ?? fail(`no tag: ${text.slice(at, at + 80)}`)
    const [whole, slash, name = '', attributes = '', isClosed] = match
    at += whole.length
    if (slash === '/') {
      if (open.pop() !== name) fail(`</${name}> closes something else: ${text.slice(at - 200, at)}`)
      continue
    }
    tags.push({
      name,
      attributes: new Map([...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value])),
    })
    if (RAW.test(name)) at = text.indexOf(`</${name}>`, at) + name.length + 3
    else if (!VOID.test(name) && isClosed !== '/') open.push(name)
  }
  if (open.length > 0) fail(`not closed: ${open.join(' ')}`)
  return tags
}

function fail(why: string): never {
  throw new Error(why)
}

/** One page in itself: every tag is closed, ids are unique, nothing is loaded, and nothing from outside runs. */
export const validateHtml: Validate = (output) => {
  const text = textOf(output)
  expect(text).not.toMatch(CONTROL_CHARACTERS)
  const tags = readHtml(text)
  const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  expect(tags.filter(({ name }) => name === 'script')).toHaveLength(1)
  expect(tags.filter(({ name }) => /^(?:link|iframe|object|embed|base|img|audio|video)$/.test(name))).toEqual([])
  const attributes = tags.flatMap((tag) => [...tag.attributes])
  expect(attributes.filter(([key]) => /^on|^style$|^src|^srcset$|^action$|^formaction$/i.test(key))).toEqual([])
  const links = attributes.filter(([key]) => key === 'href').map(([, value]) => value)
  expect(links.filter((link) => !/^(?:#|https:\/\/)/.test(link))).toEqual([])
}
