/** HTML: one self-contained page for people who decide and for people who repair. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'html',
  description: 'one self-contained page: scores, charts, filters, findings with their source (docs/html.md)',
  extension: '.html',
  toFile: true,
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
