export { size as bytesText, span as spanText } from '../terminal/style.ts'
