/** A vendor's or product's name as the categorizer's folders and files are called: what is no letter or digit becomes `_`. */
export const normalized = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '_')

/** Where the categorizer of a product is, below `user/agent`. */
export const categorizerPath = (vendor: string, product: string): string =>
  `acp/categorizer/current/${normalized(vendor)}/${normalized(product)}.csv`
