/** What a page of ours is made from; nothing here needs VS Code, so that tests can load pages. */
export interface PageParts {
  readonly title: string;
  /** Address of the page's only script. */
  readonly script: string;
  /** Address of its only style sheet. */
  readonly styles: string;
  /** Where the webview may load files from: `webview.cspSource`. */
  readonly cspSource: string;
  /** Random, new for every page: base64 of at least 16 bytes. */
  readonly nonce: string;
  /** BCP 47. */
  readonly language: string;
}

/**
 * SHA-256 of nothing. The toolkit adds an empty style element to ask whether the browser knows
 * `:focus-visible`; where that is refused, it marks the focus of the mouse, too.
 */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * The HTML of a webview. Nothing inline and nothing from elsewhere: one script that the nonce lets
 * in, styles, fonts and images from the extension and the run folders only.
 */
export function pageHtml(parts: PageParts): string {
  const { cspSource, nonce } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} ${EMPTY_STYLE}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} blob: data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(parts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(parts.title)}</title>
<link rel="stylesheet" href="${escapeHtml(parts.styles)}">
</head>
<body>
<script nonce="${nonce}" src="${escapeHtml(parts.script)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}
