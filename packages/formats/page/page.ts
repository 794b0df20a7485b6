/** The script of the HTML report: filters, search, order, folding and the theme. The page is whole without it. */
import { Findings } from './findings.ts'
import { keepTargetsOpen, offerFolding, openForPrint } from './folding.ts'
import { offerOrder } from './order.ts'
import { offerTheme } from './theme.ts'
import { offerFilters } from './filters.ts'

const findings = new Findings(document)
offerTheme(document)
offerFolding(document)
offerOrder(document)
const resetFilters = offerFilters(document, findings)
keepTargetsOpen(document, resetFilters)
openForPrint(document)
