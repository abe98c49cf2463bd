/** XML 1.0: a strict reader without entities, and what a writer needs. Apart from the other formats, for it loads a parser. */
export { isElement, isXmlProblem, readXml, xmlElementsOf, xmlTextOf } from './read.ts'
export { xmlCdata, xmlTag, xmlText } from './write.ts'
export type { XmlAttribute, XmlElement, XmlProblem, XmlText } from './read.ts'
