/** Made by `generate/main.ts` out of `scanner/scan.ts`: a WebAssembly module in base64. */
export declare const scanner: string
