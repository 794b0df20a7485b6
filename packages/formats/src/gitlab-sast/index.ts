/** GitLab SAST: the report that merge requests and security pages of GitLab read. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'gitlab-sast',
  description: 'the SAST report of GitLab (schema 15.2.4), for merge requests and its security pages',
  extension: '.json',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
