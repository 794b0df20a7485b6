/** PolicyReport: objects of the Policy Working Group for clusters and their dashboards. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'policyreport',
  description: 'PolicyReport and ClusterPolicyReport objects (wgpolicyk8s.io/v1alpha2), one for each namespace',
  extension: '.yaml',
  otherExtension: '.yml',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
