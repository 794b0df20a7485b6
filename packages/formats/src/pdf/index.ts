/** PDF: scores and controls on pages, to hand in or to print. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'pdf',
  description: 'scores, frameworks and controls on pages, to hand in or to print',
  extension: '.pdf',
  toFile: true,
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
