// What runs in the worker that reads PDFs: pdf.js answers its page by itself.
import 'pdfjs-dist/build/pdf.worker.mjs';
