// What other programs may import.
export { createApp } from './app.ts'
export { loadSettings } from './config/load.ts'
export { createServices, type Services } from './services.ts'
