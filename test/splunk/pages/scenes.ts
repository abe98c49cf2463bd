import { defaultClientId } from '@siembridge/simulator'
import type { Page } from 'playwright-core'
import type { Stage } from './stage.ts'

/** Brings a page to where it shows something. */
type Scene = (stage: Stage, page: Page) => Promise<void>

const pressed = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name }).first().click()
}

/** Dialogs and tabs that axe looks at in one theme: what they are made of is in others too. */
export const inOneTheme: Readonly<Record<string, 'light' | 'dark'>> = {
  'inputs-create': 'dark',
  'account-test': 'dark',
  'configuration-account': 'light',
  'configuration-proxy': 'dark',
  'configuration-logging': 'light',
  'health-rewind': 'light',
  'migration-plan': 'dark',
  'inputs-discard': 'light',
}

/** What pages show, by a name that files can have: tests look at each, and so do the docs. */
export const scenes: Readonly<Record<string, Scene>> = {
  inputs: async (stage, page) => {
    await stage.show(page, 'inputs')
    await page.getByText('Partly failing').first().waitFor()
  },
  'inputs-create': async (stage, page) => {
    await stage.show(page, 'inputs')
    await pressed(page, 'Create input')
    await page.getByRole('menuitem', { name: /Microsoft Entra ID/ }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).waitFor()
  },
  'configuration-accounts': async (stage, page) => {
    await stage.show(page, 'configuration')
    await page.getByRole('button', { name: 'Test contoso' }).waitFor()
  },
  'configuration-account': async (stage, page) => {
    await stage.show(page, 'configuration', '?add=account')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).waitFor()
  },
  'configuration-proxy': async (stage, page) => {
    await stage.show(page, 'configuration', '?tab=proxy')
    await page.getByRole('textbox', { name: 'Address' }).waitFor()
  },
  'configuration-logging': async (stage, page) => {
    await stage.show(page, 'configuration', '?tab=logging')
    await page.getByRole('button', { name: 'Save' }).waitFor()
  },
  'account-test': async (stage, page) => {
    await stage.cloud.setRoles({ clientId: defaultClientId, revoke: ['IdentityRiskyUser.Read.All'] })
    await stage.site.account(stage.cloud, 'lab')
    await stage.show(page, 'configuration')
    await pressed(page, 'Test lab')
    await page.getByText('1 permission missing: IdentityRiskyUser.Read.All').waitFor()
  },
  health: async (stage, page) => {
    await stage.show(page, 'health', '?input=siembridge_entra_id://contoso')
    await page.getByText('is missing').first().waitFor()
    await page.getByRole('heading', { name: 'Streams and checkpoints' }).waitFor()
  },
  'health-rewind': async (stage, page) => {
    await stage.show(page, 'health', '?input=siembridge_entra_id://contoso')
    await pressed(page, 'Rewind…')
    await page.getByRole('dialog').getByRole('textbox').waitFor()
  },
  'inputs-discard': async (stage, page) => {
    await scenes['inputs-create']?.(stage, page)
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('typed')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Discard' }).waitFor()
  },
  'migration-plan': async (stage, page) => {
    await scenes['migration']?.(stage, page)
    await pressed(page, 'Show what would be done')
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
  },
  migration: async (stage, page) => {
    await stage.show(page, 'migration')
    await page.getByRole('heading', { name: /Splunk Add-on for Microsoft Azure/ }).waitFor()
  },
}
