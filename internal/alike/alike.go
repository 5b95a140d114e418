// Package alike finds, among the ids that are known, those that someone may have meant
// who wrote another.
package alike

import (
	"slices"
	"strings"
)

// longest is the most bytes of an id that is looked for.
const longest = 64

// Nearest lists the known ids that are alike, the nearest first, or else all of them:
// those that [Near] finds, then those that are part of the id or that it is part of.
func Nearest(id string, known []string) string {
	const least = 4 // bytes of a part that tells anything
	found := Near(id, known)
	if len(id) >= least && len(id) < longest {
		for _, k := range known {
			if len(k) >= least && (strings.Contains(k, id) || strings.Contains(id, k)) && !slices.Contains(found, k) {
				found = append(found, k)
			}
		}
	}
	if len(found) == 0 {
		found = known
	}
	return strings.Join(found, ", ")
}

// Near are the known ids that differ in case alone, or by an edit or two: one for every
// three bytes.
func Near(id string, known []string) (found []string) {
	if len(id) >= longest {
		return nil
	}
	most := min(2, len(id)/3)
	for _, k := range known {
		if strings.EqualFold(k, id) || Distance(k, id, most) <= most {
			found = append(found, k)
		}
	}
	return found
}

// Distance counts the bytes to put in, to leave out or to change that make b of a; more
// than most it does not count, and returns one more.
func Distance(a, b string, most int) int {
	var few [longest]int
	row := append(few[:0], make([]int, len(b)+1)...) // the edits from the part of a so far to each start of b
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		// Starts that are longer or shorter by more than most take more edits.
		from, to := max(0, i-most), min(len(b), i+most+1)
		corner := row[from]
		row[from] = i + 1
		least := row[from]
		for j := from; j < to; j++ {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, corner+1, row[j]+1)
			least = min(least, row[j+1])
		}
		if least > most {
			return most + 1
		}
	}
	return min(row[len(b)], most+1)
}
