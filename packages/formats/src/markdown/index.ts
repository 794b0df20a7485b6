/** Markdown: a summary for the comment of a pull request. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'markdown',
  description: 'a summary that fits into the comment of a pull request, the worst first',
  extension: '.md',
  toFile: true,
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
