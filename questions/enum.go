package questions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kam-go/kam"
)

// The enums have words as those of package kam do.

func wordOf[E ~uint8](e E, kind string, words []string) string {
	if int(e) < len(words) {
		return words[e]
	}
	return fmt.Sprintf("%s(%d)", kind, uint8(e))
}

func marshalWord[E ~uint8](e E, kind string, words []string) ([]byte, error) {
	if int(e) < len(words) {
		return []byte(words[e]), nil
	}
	return nil, fmt.Errorf("kam: marshal %s: %w", wordOf(e, kind, words), kam.CodeEnum)
}

func unmarshalWord[E ~uint8](e *E, kind string, words []string, text []byte) error {
	i := slices.Index(words, string(text))
	if i < 0 {
		return fmt.Errorf("kam: parse %s: %w", kind, kam.Violations{{Code: kam.CodeEnum, Value: clip(string(text)), Want: strings.Join(words[1:], ", ")}}) // the first is unknown, and no choice
	}
	*e = E(i)
	return nil
}
