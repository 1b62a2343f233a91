/** Styles come from the stylesheet made at build time, so antd generates none while the page runs. */
export const theme = { hashed: false, zeroRuntime: true, cssVar: { key: 'floor' } }
