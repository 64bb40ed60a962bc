// The lowest contrast of any text with what lies behind it, and where (WCAG 2.2, relative luminance).
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const over = (colours) => { canvas.fillStyle = '#fff'; canvas.fillRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('.rk'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest('[aria-disabled=true]')) continue;
    const behind = [];
    for (let n = node; n; n = n.parentElement) behind.unshift(getComputedStyle(n).backgroundColor);
    const a = light(over(behind)), b = light(over([...behind, getComputedStyle(node).color]));
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.className || node.localName, walker.currentNode.data.slice(0, 30)]);
  }
  return found.sort((one, other) => one[0] - other[0])[0];
}
