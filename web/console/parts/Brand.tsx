/** The mark: a message and the line that carries it. */
export function Brand() {
  return (
    <span class="brand">
      <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="7" fill="var(--accent)" />
        <path
          d="M6 5.5h9A1.5 1.5 0 0 1 16.5 7v3a1.5 1.5 0 0 1-1.5 1.5h-5L6.8 14v-2.5H6A1.5 1.5 0 0 1 4.5 10V7A1.5 1.5 0 0 1 6 5.5Z"
          fill="var(--on-accent)"
        />
        <path
          d="M6 18h12"
          stroke="var(--on-accent)"
          stroke-width="1.8"
          stroke-linecap="round"
          opacity="0.55"
        />
        <circle cx="16.5" cy="18" r="2" fill="var(--on-accent)" />
      </svg>
      <span class="brand-name">Deskbus</span>
    </span>
  );
}
