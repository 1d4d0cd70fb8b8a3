Scalar.createApiReference('#app', {
  sources: [
    { title: 'i-movo voucher API', url: '/openapi.yaml', default: true },
    { title: 'ImovoSim control API', url: '/_sim/openapi.json' },
  ],
  // Calls from the page go where the page came from, whatever address a document names.
  servers: [{ url: '/', description: 'This simulator' }],
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  // Its buttons send the document to the makers of the page.
  showDeveloperTools: 'never',
  hideClientButton: true,
})
