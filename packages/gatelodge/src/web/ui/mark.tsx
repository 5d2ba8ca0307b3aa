// The mark: an arch within an arch, drawn in one colour.

export const Mark = () => (
  <svg
    viewBox="0 0 32 32"
    fill="none"
    stroke="currentColor"
    stroke-width="2.4"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d="M5 28V14a11 11 0 0 1 22 0v14" />
    <path d="M3 28h26" />
    <path d="M11 28V15a5 5 0 0 1 10 0v13" />
    <circle cx="18" cy="21.5" r=".6" fill="currentColor" />
  </svg>
)
