// The browser's part of the map page.
export {};
