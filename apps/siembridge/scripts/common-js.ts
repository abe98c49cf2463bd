import { compileFunction } from 'node:vm'

// What esbuild writes where it splits: names without cycles, so that they can be handed over by value. That costs no more in
// the middle of a loop than a name of the module's own, which esbuild's own CommonJS, with a getter for each name, does.
const named = /(?<![\w$.])import\{([^{}]*)\}from("[^"]*");/g
const whole = /(?<![\w$.])import\*as ([\w$]+) from("[^"]*");/g
const single = /(?<![\w$.])import ([\w$]+) from("[^"]*");/g
const alone = /(?<![\w$.])import("[^"]*");/g
const later = /(?<![\w$.])import\(("\.\/[^"]*")\)/g
const exported = /(?<![\w$.])export\{([^{}]*)\};/g

/** An ESM chunk of esbuild's as CommonJS. A dynamic import becomes a synchronous one, which `await` takes as well. */
export function commonJs(name: string, chunk: string): string {
  const code = chunk
    .replace(named, (_, names: string, from: string) => `const{${names.replaceAll(' as ', ':')}}=require(${from});`)
    .replace(whole, 'const $1=require($2);')
    .replace(single, 'const $1=require($2);')
    .replace(alone, 'require($1);')
    .replace(later, 'require($1)')
    .replace(exported, (_, names: string) => `module.exports={${names.split(',').map(member).join(',')}};`)
  // Throws where anything of ESM is left.
  compileFunction(code, ['module', 'require', '__filename', '__dirname'], { filename: name })
  return `'use strict';${code}`
}

/** `a as b` to `b:a`. */
function member(name: string): string {
  const [own = '', other = own] = name.split(' as ')
  return `${other}:${own}`
}
