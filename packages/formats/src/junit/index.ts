/** JUnit: frameworks as suites and controls as cases, for the test reports of pipelines. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'junit',
  description: 'frameworks as test suites and controls as test cases, for the test reports of pipelines',
  extension: '.xml',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
