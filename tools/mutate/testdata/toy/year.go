package toy

import "time"

// Year is a year that begins in a month.
type Year struct{ Start time.Month }
