import { create } from 'qrcode';
import type { ReactNode } from 'react';

/** A QR code as a drawing: dark on light in both themes, as readers want it. */
export function QrCode({ text }: { text: string }): ReactNode {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const path = Array.from({ length: size * size }, (_, index) =>
    modules.get(Math.floor(index / size), index % size) === 1
      ? `M${index % size} ${Math.floor(index / size)}h1v1h-1z`
      : '',
  ).join('');
  return (
    <svg
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      width={200}
      height={200}
      role="img"
      aria-label="QR"
    >
      <rect x={-4} y={-4} width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
