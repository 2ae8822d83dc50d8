// How well texts stand out (WCAG's contrast, at least 4.5 to 1), and which controls have no name.
() => {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (element) => {
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const texts = [...document.body.querySelectorAll("*")].filter(
    (element) => seen(element) && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  );
  const name = (control) => control.getAttribute("aria-label") || control.labels?.[0]?.textContent || control.textContent;
  const controls = [...document.querySelectorAll("button, a, input, select, summary, [role=option], [role=log]")].filter(seen);
  return {
    texts: texts.length,
    faint: texts.filter((element) => contrast(element) < 4.5).map((element) => `${contrast(element).toFixed(2)} ${element.textContent}`),
    nameless: controls.filter((control) => !name(control)?.trim()).map((control) => control.outerHTML),
  };
}
