import type { OlderAddOn } from '../older.ts'
import { azureMonitorAddOn } from './azure-monitor.ts'
import { azureAddOn } from './azure.ts'
import { cloudServicesAddOn } from './cloud-services.ts'
import { graphSecurityAddOn } from './graph-security.ts'
import { microsoftSecurityAddOn } from './microsoft-security.ts'
import { office365AddOn } from './office-365.ts'

/** Add-ons whose inputs can be taken over, each as a table. */
export const olderAddOns: readonly OlderAddOn[] = [
  cloudServicesAddOn,
  office365AddOn,
  microsoftSecurityAddOn,
  azureMonitorAddOn,
  azureAddOn,
  graphSecurityAddOn,
]
