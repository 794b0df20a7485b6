/** Prometheus: scores and counters as metrics, to scrape or to push. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'prometheus',
  description: 'scores and counters as metrics in the text format of Prometheus',
  extension: '.txt',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
