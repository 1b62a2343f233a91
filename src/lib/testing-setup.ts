import { configure } from '@testing-library/react'

// A machine with two busy cores is slow but not wrong.
configure({ asyncUtilTimeout: 15_000 })
