/** Keeps the page as high as what the screen keyboard leaves of it.
 *
 * Chromium does so by itself where the page asks for it in its viewport tag; Safari only tells. */
export function followKeyboard(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const follow = () => {
    // A page that is zoomed in shows a part of itself; that part is not its height.
    if (viewport.scale > 1) return;
    document.documentElement.style.setProperty("--page-height", `${viewport.height}px`);
    window.scrollTo(0, 0);
  };
  viewport.addEventListener("resize", follow);
}
