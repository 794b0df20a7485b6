/** A table: the framework SOC2, its controls in published order. */
import type { Framework } from '../framework.ts'

export const soc2: Framework = {
  name: 'SOC2',
  aliases: [],
  standard: {
    title: 'AICPA: Trust Services Criteria (SOC 2)',
    url: 'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
  },
  scope: ['cluster', 'file'],
  controls: ['C-0260', 'C-0012', 'C-0186', 'C-0035', 'C-0067', 'C-0263', 'C-0264'],
}
