// Unpacks the packed Chromium into the temporary folder, with the libraries that a bare machine lacks. A program of its
// own, because both are decided by variables that everything else in the process would feel.
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'
const { default: chromium } = await import('@sparticuz/chromium')
await chromium.executablePath()
